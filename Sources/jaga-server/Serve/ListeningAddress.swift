internal import Glibc

/// The address that a service is to listen on, looked at before anything is opened or made.
enum ListeningAddress {
  /// Binds to it for a moment. Throws ``Failure`` when it is no address of this machine, or is taken, or is not allowed.
  static func check(host: String, port: Int) throws(Failure) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, "\(port)", &hints, &found)
    guard status == 0, let first = found else {
      throw Failure(
        "\(host): not an address, nor a name that leads to one (\(String(cString: gai_strerror(status)))); name an address of this machine with --host"
      )
    }
    defer { freeaddrinfo(found) }
    let descriptor = socket(first.pointee.ai_family, first.pointee.ai_socktype, first.pointee.ai_protocol)
    guard descriptor >= 0 else { throw refused(host, port) }
    defer { close(descriptor) }
    // As the server does, so that connections of a service that has just ended are no hindrance.
    var reuse: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else { throw refused(host, port) }
  }

  private static func refused(_ host: String, _ port: Int) -> Failure {
    switch errno {
    case EADDRINUSE:
      Failure(
        "port \(port) of \(host) is in use; stop what listens there, or choose another with --port, 0 for a free one")
    case EACCES: Failure("port \(port) of \(host) is not allowed to this user; choose one from 1024 on with --port")
    case EADDRNOTAVAIL: Failure("\(host): not an address of this machine; name another with --host")
    default: Failure("\(host), port \(port): cannot be listened on (\(String(cString: strerror(errno))))")
    }
  }
}
