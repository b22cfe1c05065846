//! A build server: a registered consumer that asks for tokens and uses them.

use serde_json::Value;

use super::{check, stage::Stage};
use crate::{
    cli::{
        CliError,
        client::{
            http::{Answer, JSON, Request},
            signing::{Call, Consumer, Token},
        },
    },
    oauth1::parse_token_body,
    web::PLUGIN,
};

/// A build server.
pub struct Tool<'a> {
    /// What it is called in the story.
    pub title: &'static str,
    /// Its credentials.
    pub consumer: Consumer,
    /// Where it plays.
    pub stage: &'a Stage,
}

/// A request that was sent, what was signed for it, and what came back.
pub struct Sent {
    /// What was sent.
    pub request: Request,
    /// What was signed.
    pub base_string: String,
    /// What came back.
    pub answer: Answer,
}

impl Tool<'_> {
    /// Asks for a request token.
    ///
    /// # Errors
    /// When there is none.
    pub fn request_token(&self, callback: &str) -> Result<Token, CliError> {
        let url = self.stage.url(&format!("{PLUGIN}/request_token"));
        let sent = self.send(&Call { method: "POST", url: &url, callback: Some(callback), ..Call::default() }, None)?;
        check::status(&sent.answer, 200)?;
        let confirmed = sent.answer.text().contains("oauth_callback_confirmed=true");
        check::that(confirmed, "oauth_callback_confirmed=true", &sent.answer.text())?;
        token(&sent.answer)
    }

    /// Exchanges a verifier for an access token.
    ///
    /// # Errors
    /// When there is none.
    pub fn access_token(&self, temporary: &Token, verifier: &str) -> Result<Token, CliError> {
        let url = self.stage.url(&format!("{PLUGIN}/access_token"));
        let call = Call { method: "POST", url: &url, verifier: Some(verifier), ..Call::default() };
        let sent = self.send(&call, Some(temporary))?;
        check::status(&sent.answer, 200)?;
        token(&sent.answer)
    }

    /// Asks for something with a token.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn get(&self, path: &str, token: &Token) -> Result<Answer, CliError> {
        let url = self.stage.url(path);
        Ok(self.send(&Call { method: "GET", url: &url, ..Call::default() }, Some(token))?.answer)
    }

    /// Sends JSON with a token.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn send_json(&self, method: &str, path: &str, body: &Value, token: &Token) -> Result<Sent, CliError> {
        let (url, text) = (self.stage.url(path), body.to_string());
        self.send(&Call { method, url: &url, body: Some((JSON, &text)), ..Call::default() }, Some(token))
    }

    fn send(&self, call: &Call<'_>, token: Option<&Token>) -> Result<Sent, CliError> {
        let (request, signed) = self.consumer.sign(call, token)?;
        let answer = self.stage.exchange(self.title, &request)?;
        Ok(Sent { request, base_string: signed.base_string, answer })
    }
}

fn token(answer: &Answer) -> Result<Token, CliError> {
    let (key, secret) = check::there(parse_token_body(&answer.text()), "a token with its secret")?;
    Ok(Token { key, secret })
}
