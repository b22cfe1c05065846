//! Answers: where does an HTTP answer end, and which status has it?
//!
//! Understands answers whose body has a stated length, or none by its status. All others are errors here, the chunked
//! ones too: they would be skipped wrongly, and the figures of such a run would be about something else.

/// The longest head that is read.
const LONGEST_HEAD: usize = 16 * 1024;

/// An answer that was read to its end.
#[derive(Clone, Copy)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Whether another request may follow on the same connection.
    pub keep_alive: bool,
}

/// Why bytes are no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Not HTTP/1.x.
    #[error("an answer has no status line of HTTP/1.x")]
    StatusLine,
    /// No end in sight.
    #[error("an answer's head is longer than {LONGEST_HEAD} bytes")]
    Head,
    /// Neither a length nor a status that tells it.
    #[error("an answer does not say how long its body is")]
    Length,
    /// Not read here.
    #[error("an answer has a transfer encoding, which is not understood here")]
    TransferEncoding,
    /// Bytes behind the end of an answer, or before a request.
    #[error("more bytes came than the answer has")]
    TooMany,
}

/// Reads one answer after the other, in whatever pieces they come.
#[derive(Default)]
pub struct AnswerReader {
    head: Vec<u8>,
    body: Option<(Answer, usize)>,
}

impl AnswerReader {
    /// Takes the bytes that came, and tells the answer that they complete.
    ///
    /// # Errors
    /// [`BadAnswer`]; after that nothing more can be read from this connection.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<Answer>, BadAnswer> {
        let (answer, length, came) = match self.body.take() {
            Some((answer, missing)) => (answer, missing, bytes.len()),
            None => {
                self.head.extend_from_slice(bytes);
                let Some(end) = end_of_head(&self.head) else {
                    return if self.head.len() > LONGEST_HEAD { Err(BadAnswer::Head) } else { Ok(None) };
                };
                let (head, begun) = self.head.split_at(end);
                let (answer, length) = read_head(head)?;
                let came = begun.len();
                self.head.clear();
                (answer, length, came)
            }
        };
        match length.checked_sub(came) {
            None => Err(BadAnswer::TooMany),
            Some(0) => Ok(Some(answer)),
            Some(missing) => {
                self.body = Some((answer, missing));
                Ok(None)
            }
        }
    }
}

/// Where the body begins.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let mut end = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        end += line.len();
        if line == b"\r\n" {
            return Some(end);
        }
    }
    None
}

/// The status, whether the connection lives on, and the length of the body.
fn read_head(head: &[u8]) -> Result<(Answer, usize), BadAnswer> {
    let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let (version, status) = lines.next().and_then(read_status_line).ok_or(BadAnswer::StatusLine)?;
    let mut keep_alive = version != b'0';
    let mut length = matches!(status, 204 | 304).then_some(0);
    for line in lines {
        // Names of fourteen, seventeen and ten letters: most headers are skipped by their length.
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { continue };
        let (name, value) = line.split_at(colon);
        match name.len() {
            10 if name.eq_ignore_ascii_case(b"connection") => {
                let value = value.trim_ascii_start().to_ascii_lowercase();
                keep_alive = value.ends_with(b"keep-alive") || (keep_alive && !value.ends_with(b"close"));
            }
            14 if name.eq_ignore_ascii_case(b"content-length") => length = length.or(Some(read_length(value)?)),
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => return Err(BadAnswer::TransferEncoding),
            _ => {}
        }
    }
    Ok((Answer { status, keep_alive }, length.ok_or(BadAnswer::Length)?))
}

/// The digit behind `HTTP/1.`, and the status.
fn read_status_line(line: &[u8]) -> Option<(u8, u16)> {
    let (&version, rest) = line.strip_prefix(b"HTTP/1.")?.split_first()?;
    let status = std::str::from_utf8(rest.strip_prefix(b" ")?.get(..3)?).ok()?.parse().ok()?;
    Some((version, status))
}

/// The number in `: 123`.
fn read_length(value: &[u8]) -> Result<usize, BadAnswer> {
    let digits = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(BadAnswer::Length)
}
