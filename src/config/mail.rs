//! Which mail server takes letters to users, and how it is spoken to. Nothing here speaks to it.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use lettre::message::Mailbox;

use crate::secret::Secret;

/// Letters to users.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// The mail server's name or address; none: no letters are written.
    pub server: Option<String>,
    /// Its port; none: the usual one.
    pub port: Option<u16>,
    /// How the way there is encrypted.
    pub encryption: Encryption,
    /// The certificate of the authority that vouches for it, where it is none of the public ones.
    pub ca_file: Option<PathBuf>,
    /// The name to log in with; empty: nobody logs in.
    pub user: String,
    /// The password to log in with, from wherever it was given.
    pub password: Option<Password>,
    /// The file that the password was read from.
    pub password_file: Option<PathBuf>,
    /// Who the letters are from; there is one where there is a server.
    pub from: Option<Mailbox>,
    /// How long the server may take for each step.
    pub timeout: Duration,
}

/// How the way to the mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encryption {
    /// By TLS from the first byte (RFC 8314).
    Tls,
    /// By STARTTLS (RFC 3207), or there is no sending.
    #[default]
    StartTls,
    /// Not at all.
    None,
}

/// A password, which no message shows.
#[derive(Clone)]
pub struct Password(Secret);

impl Password {
    /// A password as it was given; the empty text is none.
    pub(super) fn given(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(Secret::new(text)))
    }

    /// The characters, for who logs in.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Password(…)")
    }
}

impl Encryption {
    const ALL: [(&str, Self); 3] = [("tls", Self::Tls), ("starttls", Self::StartTls), ("none", Self::None)];

    /// The port where servers usually listen for it.
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

impl Mail {
    /// The mail server's port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(self.encryption.usual_port())
    }

    /// Checks what takes several settings to see, and reads the password's file. Without a server nothing is looked at.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        let Some(server) = &self.server else { return Ok(()) };
        if self.from.is_none() {
            return Err("mail.from must say who the letters are from".to_owned());
        }
        if let Some(path) = &self.password_file {
            if self.password.is_some() {
                return Err("there are mail.password and mail.password_file; leave one of the two out".to_owned());
            }
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("mail.password_file: {}: {error}", path.display()))?;
            self.password = Password::given(text.lines().next().unwrap_or_default());
        }
        if self.user.is_empty() == self.password.is_some() {
            return Err("mail.user and its password are given together, or neither".to_owned());
        }
        if self.password.is_some() && self.encryption == Encryption::None && !is_this_machine(server) {
            return Err(
                "with mail.encryption \"none\" the password would be sent for everybody on the way to read".to_owned()
            );
        }
        Ok(())
    }
}

fn is_this_machine(server: &str) -> bool {
    server == "localhost" || server.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
}

/// The host of this text; the empty text is none.
pub(super) fn server(text: &str) -> Result<Option<String>, String> {
    let is_name = !text.is_empty()
        && text.len() <= 253
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    if text.is_empty() {
        Ok(None)
    } else if is_name || text.parse::<IpAddr>().is_ok() {
        Ok(Some(text.to_owned()))
    } else {
        Err(format!("{text:?} is not a host name or an IP address; the port is mail.port"))
    }
}

/// The sender of this text; the empty text is none.
pub(super) fn from(text: &str) -> Result<Option<Mailbox>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let is_plain = !text.chars().any(char::is_control);
    let mailbox = text.parse().ok().filter(|_| is_plain);
    mailbox.map(Some).ok_or_else(|| {
        format!("{text:?} is not a mail address, such as forge@example.org or Forge <forge@example.org>")
    })
}

/// The way of this word.
pub(super) fn encryption(word: &str) -> Result<Encryption, String> {
    let found = Encryption::ALL.into_iter().find(|(name, _)| *name == word);
    found.map(|(_, one)| one).ok_or_else(|| {
        let names = Encryption::ALL.map(|(name, _)| name).join(", ");
        format!("{word:?} is not one of {names}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            server: Some("mail.example.org".to_owned()),
            from: from("forge@example.org").unwrap(),
            ..Mail::default()
        }
    }

    #[test]
    fn a_server_is_a_name_or_an_address_and_nothing_else() {
        for good in ["mail.example.org", "localhost", "192.0.2.1", "::1"] {
            assert_eq!(server(good), Ok(Some(good.to_owned())));
        }
        assert_eq!(server(""), Ok(None));
        for bad in ["smtp://mail.example.org", "mail.example.org:25", "a b", "mail\r\n", "müller.example"] {
            assert!(server(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_sender_is_an_address_perhaps_with_a_name() {
        for good in ["forge@example.org", "The Forge <forge@example.org>"] {
            assert!(from(good).unwrap().is_some(), "{good}");
        }
        for bad in ["forge", "@example.org", "a@b\r\nBcc: c@d", "Forge <forge@example.org", "a@b, c@d"] {
            assert!(from(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn each_way_has_its_usual_port() {
        let port = |word| Mail { encryption: encryption(word).unwrap(), ..mail() }.port();
        assert_eq!((port("tls"), port("starttls"), port("none")), (465, 587, 25));
        assert_eq!(Mail { port: Some(2525), ..mail() }.port(), 2525);
        assert_eq!(encryption("ssl"), Err("\"ssl\" is not one of tls, starttls, none".to_owned()));
    }

    #[test]
    fn what_does_not_fit_together_is_told() {
        let settled = |mut mail: Mail| mail.settle().err().unwrap_or_default();
        assert_eq!(settled(mail()), "");
        assert!(settled(Mail { from: None, ..mail() }).contains("mail.from"));
        let password = || Password::given("s3cret");
        assert!(settled(Mail { password: password(), ..mail() }).contains("together"));
        assert!(settled(Mail { user: "forge".to_owned(), ..mail() }).contains("together"));
        let with_log_in = || Mail { user: "forge".to_owned(), password: password(), ..mail() };
        assert_eq!(settled(with_log_in()), "");
        let in_clear = || Mail { encryption: Encryption::None, ..with_log_in() };
        assert!(settled(in_clear()).contains("on the way"));
        assert_eq!(settled(Mail { server: Some("127.0.0.1".to_owned()), ..in_clear() }), "");
        let no_file = Some("there/is/no/such/file".into());
        assert!(settled(Mail { password_file: no_file.clone(), ..mail() }).contains("no/such/file"));
        assert!(settled(Mail { password_file: no_file.clone(), ..with_log_in() }).contains("leave one"));
        assert_eq!(settled(Mail { server: None, password_file: no_file, ..mail() }), "", "nobody sends anything");
        assert!(!format!("{:?}", with_log_in()).contains("s3cret"));
    }

    #[test]
    fn a_password_is_the_first_line_of_its_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "s3cret ✓\n").unwrap();
        let path = Some(file.path().to_owned());
        let mut mail = Mail { user: "forge".to_owned(), password_file: path, ..mail() };
        mail.settle().unwrap();
        assert_eq!(mail.password.unwrap().expose(), "s3cret ✓");
    }
}
