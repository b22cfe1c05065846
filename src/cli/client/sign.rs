//! `oauthprovider client sign`: a signature and what it was made over, without sending anything.

use clap::Args;
use serde_json::json;

use super::{Key, TokenArgs};
use crate::{
    cli::{CliError, terminal},
    clock,
    oauth1::{ToSign, sign},
    secret::random_key,
};

/// What to sign.
#[derive(Args)]
pub(in crate::cli) struct SignArgs {
    /// The HTTP method
    #[arg(long, value_name = "M")]
    method: String,
    /// The absolute URL, query included
    #[arg(long, value_name = "U")]
    url: String,
    /// The body, form-encoded already, if it is a form
    #[arg(long, value_name = "BODY", allow_hyphen_values = true)]
    form: Option<String>,
    #[command(flatten)]
    key: Key,
    #[command(flatten)]
    token: TokenArgs,
    /// oauth_nonce (default: a random one)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    nonce: Option<String>,
    /// oauth_timestamp (default: now)
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    timestamp: Option<String>,
    /// The realm of the header; not signed
    #[arg(long, value_name = "R", allow_hyphen_values = true)]
    realm: Option<String>,
    /// oauth_callback
    #[arg(long, value_name = "C")]
    callback: Option<String>,
    /// oauth_verifier
    #[arg(long, value_name = "V", allow_hyphen_values = true)]
    verifier: Option<String>,
}

pub(super) fn run(args: &SignArgs) -> Result<(), CliError> {
    let nonce = match &args.nonce {
        Some(nonce) => nonce.clone(),
        None => random_key().map_err(|error| CliError::Failed(error.to_string()))?,
    };
    let timestamp = args.timestamp.clone().unwrap_or_else(|| clock::now().to_string());
    let consumer = args.key.consumer()?;
    let request = ToSign {
        method: &args.method,
        url: &args.url,
        form: args.form.as_deref(),
        nonce: &nonce,
        timestamp: &timestamp,
        signature_method: consumer.method,
        realm: args.realm.as_deref(),
        callback: args.callback.as_deref(),
        verifier: args.verifier.as_deref(),
    };
    let token = args.token.token();
    let signed =
        sign(&request, &consumer.credentials(token.as_ref())).map_err(|error| CliError::Usage(error.to_string()))?;
    let told = json!({
        "base_string": signed.base_string,
        "signature": signed.signature,
        "authorization": signed.authorization,
    });
    terminal::json(&told, false)
}
