//! Letters to users: found and sent behind everybody's back, over a mail server that the operator names.
//!
//! What is told and to whom is decided in [`crate::provider::mail`], the words are in the pages' texts. The only file that
//! speaks SMTP.

use std::{error::Error, fs, path::PathBuf, sync::Arc, time::Duration};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        self,
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
        extension::ClientId,
    },
};

use super::{
    App, PLUGIN, PublicUrls,
    language::Language,
    pages::content::{Letter, Written},
};
use crate::{
    clock,
    config::{self, Encryption},
    forge::prints,
    provider::{
        self,
        mail::{
            queue::{self, Due, Fate, Then},
            rounds,
        },
    },
};

/// How often letters that are due are sent.
const BEHIND: Duration = Duration::from_secs(1);
/// How many looks for news are taken at a time, so that a round over very many tokens leaves the database to others.
const LOOKS: usize = 5;
/// Nobody is to answer, nor any program (RFC 3834, section 5).
const AUTOMATIC: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// Why there is no way to the mail server.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The certificate of its authority cannot be read.
    #[error("mail.ca_file: {0}: {1}")]
    Authority(PathBuf, std::io::Error),
    /// Its name or that certificate is no use.
    #[error("mail: {0}")]
    Tls(#[from] smtp::Error),
}

/// The way to the mail server.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Behind the `@` of the letters' own names.
    domain: String,
    /// The page that each letter leads to.
    tokens_url: String,
}

impl Post {
    /// Opens the way to the configured mail server, without speaking to it yet; none: no letters are written.
    ///
    /// # Errors
    /// [`PostError`].
    pub fn open(mail: &config::Mail, urls: &PublicUrls) -> Result<Option<Self>, PostError> {
        let (Some(server), Some(from)) = (&mail.server, &mail.from) else { return Ok(None) };
        let encryption = match mail.encryption {
            Encryption::Tls => Tls::Wrapper(tls(server, mail)?),
            Encryption::StartTls => Tls::Required(tls(server, mail)?),
            Encryption::None => Tls::None,
        };
        // The name of this service, not the machine's, which is nobody's business.
        let canonical = urls.canonical();
        let domain = canonical.authority().rsplit_once(':').map_or(canonical.authority(), |(host, _)| host).to_owned();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server)
            .port(mail.port())
            .tls(encryption)
            .timeout(Some(mail.timeout))
            .hello_name(hello(&domain));
        if let Some(password) = &mail.password {
            builder = builder.credentials(Credentials::new(mail.user.clone(), password.expose().to_owned()));
        }
        let tokens_url = format!("{canonical}{PLUGIN}/access_tokens");
        Ok(Some(Self { transport: builder.build(), from: from.clone(), domain, tokens_url }))
    }

    /// The letter as it goes over the wire. None: its user's mail address is none.
    fn message(&self, due: &Due, written: Written) -> Option<Message> {
        let address: Address = due.to.email.trim().parse().ok()?;
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str(AUTOMATIC.0), AUTOMATIC.1.to_owned());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(plain(&due.to.name)), address))
            .subject(written.subject)
            .message_id(Some(format!("<oauthprovider.{}@{}>", due.name(), self.domain)))
            .date_now()
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(written.body);
        message.ok()
    }
}

/// Checked against the operator's own authority alone where there is one, else against the public ones.
fn tls(server: &str, mail: &config::Mail) -> Result<TlsParameters, PostError> {
    let mut builder = TlsParameters::builder(server.to_owned()).certificate_store(CertificateStore::WebpkiRoots);
    if let Some(path) = &mail.ca_file {
        let pem = fs::read(path).map_err(|error| PostError::Authority(path.clone(), error))?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(builder.build_rustls()?)
}

/// How this service introduces itself: by its name, or its address as RFC 5321 writes one (section 4.1.3).
fn hello(domain: &str) -> ClientId {
    match domain.trim_matches(['[', ']']).parse() {
        Ok(std::net::IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(std::net::IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(domain.to_owned()),
    }
}

/// The text in one line that nothing in it bends.
fn plain(text: &str) -> String {
    text.chars().map(|one| if prints(one) { one } else { ' ' }).collect()
}

/// Looks for what users are to be told, for as long as the service runs.
pub async fn look_behind(app: Arc<App>) {
    loop {
        tokio::time::sleep(app.config.oauth.sweep).await;
        for _ in 0..LOOKS {
            let now = clock::now();
            match app.store.run(move |conn| rounds::look(conn, now)).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(error = %error, "looking for news failed; it goes on later");
                    break;
                }
            }
        }
    }
}

/// Sends letters that are due, for as long as the service runs.
pub async fn send_behind(app: Arc<App>) {
    let Some(post) = &app.post else { return };
    loop {
        tokio::time::sleep(BEHIND).await;
        // What is there at once is sent at once.
        loop {
            match app.send_some(post).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(error = %error, "letters wait: the database did not answer");
                    break;
                }
            }
        }
    }
}

impl App {
    /// Sends a batch of letters. False: none was due, or the mail server was not to be reached.
    async fn send_some(&self, post: &Post) -> Result<bool, provider::Error> {
        let now = clock::now();
        let batch = self.store.run(move |conn| conn.write(|tx| queue::claim(tx, now))).await?;
        let (is_some, mut is_reached) = (!batch.is_empty(), true);
        for due in batch {
            // Who does not answer for one letter would be waited for again for each of the others.
            let fate = if is_reached { self.send(post, &due).await } else { Ok(Fate::Untried) };
            is_reached &= fate.is_ok();
            self.settle(due, fate.unwrap_or(Fate::Failed)).await?;
        }
        Ok(is_some && is_reached)
    }

    async fn send(&self, post: &Post, due: &Due) -> Result<Fate, OutOfReach> {
        let (id, user) = (due.name(), due.to.id.0);
        let language = due.to.language.as_deref().and_then(Language::of_tag).unwrap_or_default();
        let written = match self.pages.letter(language, &Letter::new(due, &post.tokens_url)) {
            Ok(written) => written,
            Err(error) => {
                tracing::error!(letter.id = id, error = %error, "a letter cannot be written");
                return Ok(Fate::Undeliverable);
            }
        };
        let Some(message) = post.message(due, written) else {
            tracing::warn!(letter.id = id, user.id = user, "a user's mail address is none");
            return Ok(Fate::Undeliverable);
        };
        match post.transport.send(message).await {
            Ok(_) => {
                tracing::info!(letter.id = id, user.id = user, "a letter was sent");
                Ok(Fate::Sent)
            }
            Err(error) => {
                // What a mail server answers may name the address, which is no business of the log.
                let reason = error.status().map_or_else(|| error.to_string(), |code| format!("it answered {code}"));
                tracing::warn!(
                    letter.id = id,
                    user.id = user,
                    attempt = due.attempts(),
                    reason,
                    "a letter was not taken"
                );
                let words = error.source().map(ToString::to_string).unwrap_or_default();
                error.status().map(|code| fate(code.into(), &words)).ok_or(OutOfReach)
            }
        }
    }

    async fn settle(&self, due: Due, fate: Fate) -> Result<(), provider::Error> {
        let (id, now) = (due.name(), clock::now());
        let then = self.store.run(move |conn| conn.write(|tx| queue::settle(tx, &due, fate, now))).await?;
        self.figures.count_letter(match then {
            Then::Done => "sent",
            Then::TriedAgain => "tried_again",
            Then::GivenUp => {
                tracing::warn!(letter.id = id, "a letter is given up");
                "given_up"
            }
        });
        Ok(())
    }
}

/// The mail server said nothing.
struct OutOfReach;

/// What becomes of a letter that a mail server answered so. Where there is no such mailbox (RFC 5321, section 4.2.3) no later time
/// is better. What else is refused for good may be of the operator's making, and mended: a server refuses relaying and senders with
/// the same codes, and says which it is in front of its words, if it does (RFC 3463, section 3.2: about an address, and not the
/// sender's).
fn fate(code: u16, words: &str) -> Fate {
    let said = words.split_whitespace().next().and_then(|word| word.strip_prefix("5."));
    let is_mailbox = match said.and_then(|said| said.split_once('.')) {
        Some((subject, detail)) => subject == "1" && !matches!(detail, "7" | "8"),
        None => true,
    };
    if is_mailbox && [550, 551, 553].contains(&code) { Fate::Undeliverable } else { Fate::Failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_introduces_itself_by_its_name_or_its_address() {
        for (domain, said) in
            [("forge.example.org", "forge.example.org"), ("127.0.0.1", "[127.0.0.1]"), ("[::1]", "[IPv6:::1]")]
        {
            assert_eq!(hello(domain).to_string(), said);
        }
    }

    #[test]
    fn only_a_mailbox_that_is_not_there_is_no_more_written_to() {
        for (code, words, is_given_up) in [
            (550, "no such mailbox", true),
            (550, "5.1.1 <nobody@example.org>: no such user", true),
            (551, "", true),
            (553, "5.1.3 bad address", true),
            (550, "5.7.1 relaying denied", false),
            (550, "5.7.26 unauthenticated", false),
            (550, "5.1.8 the sender's domain is none", false),
            (553, "5.7.1 <forge@example.org>: not owned by this user", false),
            (552, "5.2.2 the mailbox is full", false),
            (554, "no", false),
            (450, "4.1.1 try later", false),
        ] {
            assert_eq!(matches!(fate(code, words), Fate::Undeliverable), is_given_up, "{code} {words}");
        }
    }

    #[test]
    fn a_name_is_one_line_whatever_is_in_it() {
        assert_eq!(plain("Eve\r\nBcc: all@example.org\u{202e}"), "Eve  Bcc: all@example.org ");
    }
}
