//! `oauthprovider client …`: the consumer's side of OAuth 1.0a on the command line, to walk the flow by hand and to try
//! a service out.
//!
//! | file | answers for |
//! | --- | --- |
//! | `http.rs` | one request out, one answer in |
//! | `signing.rs` | a consumer's requests, signed |
//! | `refusal.rs` | what a refusal says, in one line |
//! | `sign.rs` | `client sign`, which sends nothing |
//! | `doctor/` | `client doctor`, which finds out what is wrong |

mod doctor;
pub(super) mod http;
mod refusal;
mod sign;
pub(super) mod signing;

use clap::{Args, Subcommand};
use serde_json::json;

use self::{
    http::{FORM, Http, HttpError, JSON},
    signing::{Call, Consumer, SigningError, Token},
};
use super::{CliError, terminal};
use crate::{
    oauth1::{Origin, SignatureMethod, encode_urlencoded, parse_token_body},
    secret::Secret,
    web::PLUGIN,
};

/// What to do as a consumer.
#[derive(Subcommand)]
pub(super) enum ClientCommand {
    /// Ask for a request token: the first step
    RequestToken(RequestTokenArgs),
    /// Print the address that the user opens in a browser: the second step
    AuthorizeUrl(AuthorizeUrlArgs),
    /// Exchange request token and verifier for an access token: the third step
    AccessToken(AccessTokenArgs),
    /// Send a signed request, and print its answer
    Call(CallArgs),
    /// Print what would be signed and sent, and send nothing
    Sign(sign::SignArgs),
    /// Find out what is wrong between a tool and a service; changes nothing
    Doctor(doctor::DoctorArgs),
}

/// The service.
#[derive(Args)]
pub(super) struct Server {
    /// The service's URL, without a path
    #[arg(long, value_name = "URL", value_parser = origin)]
    server: Origin,
}

/// The consumer.
#[derive(Args)]
pub(super) struct Key {
    /// The consumer's key
    #[arg(long, value_name = "K", allow_hyphen_values = true)]
    consumer_key: String,
    /// The consumer's secret
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    consumer_secret: Secret,
    /// HMAC-SHA1 or HMAC-SHA256
    #[arg(long, value_name = "M", default_value = "HMAC-SHA1")]
    signature_method: String,
}

/// The token, if there is one already.
#[derive(Args)]
pub(super) struct TokenArgs {
    /// The token's key
    #[arg(long, value_name = "T", allow_hyphen_values = true, requires = "token_secret")]
    token: Option<String>,
    /// The token's secret
    #[arg(long, value_name = "S", allow_hyphen_values = true, requires = "token")]
    token_secret: Option<Secret>,
}

/// For a request token.
#[derive(Args)]
pub(super) struct RequestTokenArgs {
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    key: Key,
    /// Where the user's browser is sent afterwards, or `oob`
    #[arg(long, value_name = "C")]
    callback: String,
}

/// For the address of the consent page.
#[derive(Args)]
pub(super) struct AuthorizeUrlArgs {
    #[command(flatten)]
    server: Server,
    /// The request token
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    token: String,
}

/// For an access token.
#[derive(Args)]
pub(super) struct AccessTokenArgs {
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    key: Key,
    /// The request token
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    token: String,
    /// The request token's secret
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    token_secret: Secret,
    /// What the user's browser or the user brought back
    #[arg(long, value_name = "V", allow_hyphen_values = true)]
    verifier: String,
}

/// What to send.
#[derive(Args)]
pub(super) struct CallArgs {
    /// The HTTP method
    method: String,
    /// An absolute URL, or a path of --server
    url: String,
    /// The service's URL, without a path
    #[arg(long, value_name = "URL", value_parser = origin)]
    server: Option<Origin>,
    #[command(flatten)]
    key: Key,
    #[command(flatten)]
    token: TokenArgs,
    /// A field of the form that is the body (may be repeated)
    #[arg(long, value_name = "K=V", value_parser = field, allow_hyphen_values = true, conflicts_with = "json")]
    form: Vec<(String, String)>,
    /// The body, JSON
    #[arg(long, value_name = "BODY", allow_hyphen_values = true)]
    json: Option<String>,
}

fn origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text).map_err(|error| error.to_string())
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a field is written K=V")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl Key {
    fn consumer(&self) -> Result<Consumer, CliError> {
        let method = SignatureMethod::from_name(&self.signature_method).ok_or_else(|| {
            let asked = &self.signature_method;
            CliError::Usage(format!("{asked:?} is no signature method here: use HMAC-SHA1 or HMAC-SHA256"))
        })?;
        Ok(Consumer { key: self.consumer_key.clone(), secret: self.consumer_secret.clone(), method })
    }
}

impl TokenArgs {
    fn token(&self) -> Option<Token> {
        let (key, secret) = self.token.as_ref().zip(self.token_secret.as_ref())?;
        Some(Token { key: key.clone(), secret: secret.clone() })
    }
}

impl From<HttpError> for CliError {
    fn from(error: HttpError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<SigningError> for CliError {
    fn from(error: SigningError) -> Self {
        match error {
            SigningError::Sign(error) => Self::Usage(error.to_string()),
            SigningError::Nonce(error) => Self::Failed(error.to_string()),
        }
    }
}

pub(super) fn run(command: &ClientCommand) -> Result<(), CliError> {
    match command {
        ClientCommand::RequestToken(args) => request_token(args),
        ClientCommand::AuthorizeUrl(args) => terminal::line(&authorize_url(&args.server.server, &args.token)),
        ClientCommand::AccessToken(args) => access_token(args),
        ClientCommand::Call(args) => call(args),
        ClientCommand::Sign(args) => sign::run(args),
        ClientCommand::Doctor(args) => doctor::run(args),
    }
}

/// Where the user decides about a request token.
pub(super) fn authorize_url(server: &Origin, token: &str) -> String {
    server.join(&format!("{PLUGIN}/authorize?{}", encode_urlencoded(&[("oauth_token", token)])))
}

fn request_token(args: &RequestTokenArgs) -> Result<(), CliError> {
    let url = args.server.server.join(&format!("{PLUGIN}/request_token"));
    let call = Call { method: "POST", url: &url, callback: Some(&args.callback), ..Call::default() };
    let token = ask_for_token(&args.key.consumer()?, &call, None)?;
    let told = json!({
        "oauth_token": token.key,
        "oauth_token_secret": token.secret.expose(),
        "authorize_url": authorize_url(&args.server.server, &token.key),
    });
    terminal::json(&told, false)
}

fn access_token(args: &AccessTokenArgs) -> Result<(), CliError> {
    let url = args.server.server.join(&format!("{PLUGIN}/access_token"));
    let call = Call { method: "POST", url: &url, verifier: Some(&args.verifier), ..Call::default() };
    let temporary = Token { key: args.token.clone(), secret: args.token_secret.clone() };
    let token = ask_for_token(&args.key.consumer()?, &call, Some(&temporary))?;
    terminal::json(&json!({"oauth_token": token.key, "oauth_token_secret": token.secret.expose()}), false)
}

fn ask_for_token(consumer: &Consumer, call: &Call<'_>, token: Option<&Token>) -> Result<Token, CliError> {
    let answer = Http::new().send(&consumer.sign(call, token)?.0)?;
    if !answer.status.is_success() {
        return Err(CliError::Failed(refusal::describe(&answer)));
    }
    let (key, secret) = parse_token_body(&answer.text())
        .ok_or_else(|| CliError::Failed(format!("{}: the answer holds no token", call.url)))?;
    Ok(Token { key, secret })
}

fn call(args: &CallArgs) -> Result<(), CliError> {
    let url = target(args)?;
    let form = encode_urlencoded(&args.form);
    let body = match &args.json {
        Some(json) => Some((JSON, json.as_str())),
        None => (!args.form.is_empty()).then_some((FORM, form.as_str())),
    };
    let call = Call { method: &args.method, url: &url, body, ..Call::default() };
    let (request, _) = args.key.consumer()?.sign(&call, args.token.token().as_ref())?;
    let answer = Http::new().send(&request)?;
    terminal::aside(&answer.status.to_string());
    terminal::body(&answer.body)?;
    if answer.status.is_success() { Ok(()) } else { Err(CliError::Failed(refusal::describe(&answer))) }
}

fn target(args: &CallArgs) -> Result<String, CliError> {
    if !args.url.starts_with('/') && args.url.contains("://") {
        return Ok(args.url.clone());
    }
    let server = args.server.as_ref().ok_or_else(|| {
        CliError::Usage(format!("{:?} is no absolute URL: say with --server whose path it is", args.url))
    })?;
    Ok(server.join(&args.url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_split_at_its_first_equals_sign() {
        assert_eq!(field("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(field("="), Ok((String::new(), String::new())));
        assert!(field("a").is_err());
    }

    #[test]
    fn a_token_is_encoded_in_the_address_of_the_consent_page() {
        let server = Origin::parse("http://127.0.0.1:8080/").unwrap();
        let url = authorize_url(&server, "a&b+c");
        assert_eq!(url, "http://127.0.0.1:8080/plugins/oauthprovider/authorize?oauth_token=a%26b%2Bc");
    }
}
