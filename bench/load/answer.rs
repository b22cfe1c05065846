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
        if let Some((answer, missing)) = self.body.take() {
            return self.skip(answer, missing, bytes.len());
        }
        // Nearly always the head comes in one piece, and is read where it stands.
        if self.head.is_empty() {
            let Some(head) = Head::read(bytes)? else {
                self.head.extend_from_slice(bytes);
                return Ok(None);
            };
            return self.skip(head.answer, head.body, bytes.len() - head.length);
        }
        self.head.extend_from_slice(bytes);
        let Some(head) = Head::read(&self.head)? else { return Ok(None) };
        let came = self.head.len() - head.length;
        self.head.clear();
        self.skip(head.answer, head.body, came)
    }

    /// Counts bytes of the body.
    fn skip(&mut self, answer: Answer, missing: usize, came: usize) -> Result<Option<Answer>, BadAnswer> {
        match missing.checked_sub(came) {
            None => Err(BadAnswer::TooMany),
            Some(0) => Ok(Some(answer)),
            Some(still_missing) => {
                self.body = Some((answer, still_missing));
                Ok(None)
            }
        }
    }
}

/// What stands before the body.
struct Head {
    answer: Answer,
    /// How long it is itself.
    length: usize,
    /// How long the body is.
    body: usize,
}

impl Head {
    /// Reads it in one pass; `None` if it is not all there.
    fn read(bytes: &[u8]) -> Result<Option<Self>, BadAnswer> {
        let mut lines = bytes.split_inclusive(|&byte| byte == b'\n').take_while(|line| line.ends_with(b"\n"));
        let Some(first) = lines.next() else { return unfinished(bytes) };
        let (version, status) = read_status_line(first).ok_or(BadAnswer::StatusLine)?;
        let (mut length, mut keep_alive, mut body) = (first.len(), version != b'0', None);
        for line in lines {
            length += line.len();
            if line == b"\r\n" {
                let body = if matches!(status, 204 | 304) { Some(0) } else { body };
                let answer = Answer { status, keep_alive };
                return Ok(Some(Self { answer, length, body: body.ok_or(BadAnswer::Length)? }));
            }
            if let Some(value) = value_of(b"content-length:", line) {
                body = Some(read_number(value).ok_or(BadAnswer::Length)?);
            } else if let Some(value) = value_of(b"connection:", line) {
                keep_alive = !value.eq_ignore_ascii_case(b"close");
            } else if value_of(b"transfer-encoding:", line).is_some() {
                return Err(BadAnswer::TransferEncoding);
            }
        }
        unfinished(bytes)
    }
}

/// A head whose end is still to come.
fn unfinished(bytes: &[u8]) -> Result<Option<Head>, BadAnswer> {
    if bytes.len() > LONGEST_HEAD { Err(BadAnswer::Head) } else { Ok(None) }
}

/// The digit behind `HTTP/1.`, and the status.
fn read_status_line(line: &[u8]) -> Option<(u8, u16)> {
    let (&version, rest) = line.strip_prefix(b"HTTP/1.")?.split_first()?;
    let status = read_number(rest.strip_prefix(b" ")?.get(..3)?)?;
    Some((version, u16::try_from(status).ok()?))
}

/// What the header of this name (in lower case, with its colon) holds, if the line is one.
fn value_of<'a>(name: &[u8], line: &'a [u8]) -> Option<&'a [u8]> {
    let (start, value) = line.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
}

fn read_number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[u8] = b"HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nCONTENT-LENGTH: 5\r\n\r\nfive\n";

    fn read(bytes: &[u8]) -> Result<Option<Answer>, BadAnswer> {
        AnswerReader::default().take(bytes)
    }

    #[test]
    fn an_answer_is_read_in_whatever_pieces_it_comes() {
        for first in 0..WHOLE.len() {
            for second in first..WHOLE.len() {
                let mut reader = AnswerReader::default();
                for piece in [&WHOLE[..first], &WHOLE[first..second]] {
                    assert!(reader.take(piece).unwrap().is_none(), "{first} {second}");
                }
                let answer = reader.take(&WHOLE[second..]).unwrap().unwrap();
                assert_eq!((answer.status, answer.keep_alive), (401, false));
                assert!(reader.take(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap().keep_alive);
            }
        }
    }

    #[test]
    fn an_answer_whose_end_is_not_known_is_an_error() {
        let error = |bytes: &[u8]| read(bytes).err().unwrap();
        assert_eq!(error(b"HTTP/1.1 200 OK\r\n\r\n"), BadAnswer::Length);
        assert_eq!(error(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), BadAnswer::Length);
        assert_eq!(error(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), BadAnswer::TransferEncoding);
        assert_eq!(error(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n12"), BadAnswer::TooMany);
        assert_eq!(error(b"SSH-2.0-server\r\n"), BadAnswer::StatusLine);
        assert_eq!(error(&[b'x'; LONGEST_HEAD + 1]), BadAnswer::Head);
    }
}
