//! A signature with a private key, which only the doctor makes: a tool has its own way to it.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use spki::der::SecretDocument;

/// The private half of a key that a consumer registered.
pub struct PrivateKey(RsaKeyPair);

impl PrivateKey {
    /// Reads a PEM block that holds PKCS#8 (RFC 5208).
    ///
    /// # Errors
    /// In words, for anything else, and for keys that RSA signatures are not made with.
    pub fn from_pem(pem: &str) -> Result<Self, &'static str> {
        let (label, der) =
            SecretDocument::from_pem(pem.trim()).map_err(|_| "this is no PEM file with a private key")?;
        if label != "PRIVATE KEY" {
            return Err("this is no PKCS#8 key (openssl pkcs8 -topk8 -nocrypt makes one of it)");
        }
        RsaKeyPair::from_pkcs8(der.as_bytes()).map(Self).map_err(|_| "this is no RSA key of 2048 bits or more")
    }

    /// Signs with `RSA-SHA256`: base64. `None` where the system has no randomness.
    pub fn sign(&self, base_string: &str) -> Option<String> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), base_string.as_bytes(), &mut signature)
            .ok()?;
        Some(STANDARD.encode(signature))
    }
}
