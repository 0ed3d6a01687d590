internal import JagaBatch

/// The buffer that records are written to; the name tells it apart from NIO's buffer.
typealias JSONBuffer = JagaBatch.ByteBuffer
