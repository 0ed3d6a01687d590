internal import CJaga

/// The columns of a caller's record batch that scoring reads.
struct ArrowBatch {
  let text: ArrowColumn
  private(set) var conversation: ArrowColumn?
  private(set) var author: ArrowColumn?

  /// Finds the columns by name. A column of texts by itself is the text.
  init(
    _ schema: ArrowSchema, _ array: ArrowArray, text textName: String, conversation: String?, author: String?
  ) throws(Failure) {
    guard array.length >= 0, array.offset >= 0 else { throw .array("has a negative length; pass a whole array") }
    guard array.length <= Int64(Int32.max) else {
      throw .array("has more than 2147483647 rows; pass smaller batches")
    }
    let count = Int(array.length)
    guard let format = schema.format else { throw .schema("has no format; pass a whole schema") }
    guard String(cString: format) == "+s" else {
      text = try ArrowColumn(schema, array, skipped: 0, count: count, name: textName)
      guard conversation == nil else {
        throw .schema("is a text column; with a tracker pass a record batch with a column '\(conversation ?? "")'")
      }
      return
    }
    let validity = array.n_buffers > 0 ? array.buffers?[0]?.assumingMemoryBound(to: UInt8.self) : nil
    func column(_ name: String) throws(Failure) -> ArrowColumn? {
      guard schema.n_children >= 0, schema.n_children == array.n_children,
        schema.n_children == 0 || (schema.children != nil && array.children != nil)
      else { throw .schema("and the array have different numbers of children; pass both of one batch") }
      for place in 0..<Int(schema.n_children) {
        guard let field = schema.children?[place], let fieldName = field.pointee.name,
          String(cString: fieldName) == name
        else { continue }
        guard let values = array.children?[place] else { throw .array("lacks a child; pass a whole array") }
        var found = try ArrowColumn(
          field.pointee, values.pointee, skipped: Int(array.offset), count: count, name: name)
        if let validity { found.add(validity: validity, offset: Int(array.offset)) }
        return found
      }
      return nil
    }
    guard let text = try column(textName) else {
      throw .schema("has no column '\(textName)'; name the column of texts in the options")
    }
    self.text = text
    if let conversation {
      guard let found = try column(conversation) else {
        throw .schema("has no column '\(conversation)'; name the column of conversation ids in the options")
      }
      self.conversation = found
    }
    if let author { self.author = try column(author) }
  }

  /// For each row whether it has a text; nil where all have.
  var validity: [Bool]? {
    var valid = [Bool](repeating: true, count: text.count)
    var hasNull = false
    for row in 0..<text.count where text.text(row) == nil {
      valid[row] = false
      hasNull = true
    }
    return hasNull ? valid : nil
  }
}
