//! Answers: is this public key fit for use, and was a base string signed with its private half? (RFC 5849, section
//! 3.4.3)
//!
//! RSASSA-PKCS1-v1_5 with SHA-1 or SHA-256. Does not sign: a provider has no use for private keys, and refuses them.

use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use spki::SubjectPublicKeyInfoRef;
use spki::der::Document;

use super::{SignatureMethod, decoded};

/// How many bits a modulus may have, ends included.
const BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// The largest public exponent that the verifier takes.
const MAX_EXPONENT: u64 = (1 << 33) - 1;

/// An RSA public key that was checked: 2048 to 8192 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// `RSAPublicKey` of PKCS#1 (RFC 8017, appendix A.1.1) in DER.
    pkcs1: Vec<u8>,
}

/// Why a text is not a public key for `RSA-SHA1` and `RSA-SHA256`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// A private key: it should not have left its owner.
    #[error("this is a private key: keep it secret and register its public half (openssl pkey -pubout)")]
    PrivateKey,
    /// A certificate.
    #[error("this is a certificate: register the public key in it (openssl x509 -pubkey -noout)")]
    Certificate,
    /// A bare PKCS#1 key.
    #[error("this is a PKCS#1 key: register it as SubjectPublicKeyInfo (openssl rsa -RSAPublicKey_in -pubout)")]
    Pkcs1,
    /// Not one PEM block with a `SubjectPublicKeyInfo` in it.
    #[error("this is not a PEM public key (one block that starts with -----BEGIN PUBLIC KEY-----)")]
    NotPem,
    /// A key of another kind.
    #[error("this is not an RSA key (rsaEncryption)")]
    NotRsa,
    /// Too short or too long.
    #[error("an RSA key has 2048 to 8192 bits, this one has {0}")]
    Size(usize),
    /// An even modulus, or an exponent that is even, below 3 or above 2^33 - 1.
    #[error("the modulus or the exponent of this RSA key is not usable")]
    Numbers,
}

impl PublicKey {
    /// Reads a PEM block that holds a `SubjectPublicKeyInfo` (RFC 5280, section 4.1) with an RSA key.
    ///
    /// # Errors
    /// For private keys, certificates, other kinds of key, lengths outside 2048 to 8192 bits and unusable exponents.
    pub fn from_pem(pem: &str) -> Result<Self, PublicKeyError> {
        if let Some(error) = well_known_mistake(pem) {
            return Err(error);
        }
        let (label, der) = Document::from_pem(pem.trim()).map_err(|_| PublicKeyError::NotPem)?;
        if label != "PUBLIC KEY" {
            return Err(PublicKeyError::NotPem);
        }
        let info = SubjectPublicKeyInfoRef::try_from(der.as_bytes()).map_err(|_| PublicKeyError::NotPem)?;
        if info.algorithm.oid != pkcs1::ALGORITHM_OID {
            return Err(PublicKeyError::NotRsa);
        }
        let pkcs1 = info.subject_public_key.as_bytes().ok_or(PublicKeyError::NotPem)?;
        check_numbers(pkcs1)?;
        Ok(Self { pkcs1: pkcs1.to_vec() })
    }

    /// Whether this signature was made with this key's private half over this base string.
    ///
    /// `false` for an HMAC method and for anything but padded base64 of the standard alphabet.
    pub fn verify(&self, method: SignatureMethod, base_string: &str, signature: &str) -> bool {
        let algorithm = match method {
            SignatureMethod::RsaSha1 => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            SignatureMethod::RsaSha256 => &RSA_PKCS1_2048_8192_SHA256,
            SignatureMethod::HmacSha1 | SignatureMethod::HmacSha256 => return false,
        };
        tracing::trace!("a verification by RSA");
        let key = UnparsedPublicKey::new(algorithm, &self.pkcs1);
        decoded(signature).is_some_and(|signature| key.verify(base_string.as_bytes(), &signature).is_ok())
    }
}

/// Recognises by its label what people paste instead of a public key.
fn well_known_mistake(pem: &str) -> Option<PublicKeyError> {
    let has = |label: &str| pem.contains(label);
    if has("PRIVATE KEY-----") {
        Some(PublicKeyError::PrivateKey)
    } else if has("-----BEGIN CERTIFICATE-----") || has("-----BEGIN TRUSTED CERTIFICATE-----") {
        Some(PublicKeyError::Certificate)
    } else if has("-----BEGIN RSA PUBLIC KEY-----") {
        Some(PublicKeyError::Pkcs1)
    } else {
        None
    }
}

/// Refuses now what could never verify a signature later.
fn check_numbers(pkcs1: &[u8]) -> Result<(), PublicKeyError> {
    let key = pkcs1::RsaPublicKeyRef::try_from(pkcs1).map_err(|_| PublicKeyError::NotPem)?;
    let modulus = key.modulus.as_bytes();
    let leading = modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = modulus.len() * 8 - leading;
    if !BITS.contains(&bits) {
        return Err(PublicKeyError::Size(bits));
    }
    let exponent = key.public_exponent.as_bytes();
    let exponent = if exponent.len() > 8 { 0 } else { exponent.iter().fold(0, |n, &b| n << 8 | u64::from(b)) };
    let is_odd = modulus.last().is_some_and(|byte| byte % 2 == 1);
    if is_odd && exponent % 2 == 1 && (3..=MAX_EXPONENT).contains(&exponent) {
        Ok(())
    } else {
        Err(PublicKeyError::Numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made, like the two signatures, with another program; the private half was thrown away.
    const KEY: &str = include_str!("../../../tests/rsa_public_key.pem");
    const TEXT: &str = "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg";
    const SHA1: &str = concat!(
        "bqWWi8d17/AzUKXTDfQUnlewTXt1r6eBIj2w+Os9ohPwfIzcWkySHBFDPmbjNnE8Wf3wuIuFzYMhrCf9vStzp+scXBR8Q1SrR4Bs",
        "wZbpNCOcfP//g6fSiBVyCJRHgNI0QhWJLpFPS+V1hAJtXoszVTfEJ52UlUv9393Nksn6zI/lI05Oa96N9IZ9jzZF48YsgAALjXjC",
        "FdXBfrWd/EepfSVCzakCaGDYU3gkSHzSMrqVpLYFKuvrDDzS9qPkc3TyEIgV1GLFd3vC77B5wnPO7uFlTGBLJEnJbE7a4WMszDpa",
        "pR7B3kbrGngZ1A/KV4hloeuQMgWlMyLzEvsKuV90QA==",
    );
    const SHA256: &str = concat!(
        "Hs67Loy2LRcqLwvVZSOhpyR+ueXiqLI7ENOa/rAHT9bmjnK0KjC983F8t9qlsVwG8pOSyOCUVXiTr3wLnG4cshTiclN9Nh5fk4pz",
        "sbWI8Gr+bf9d7esy/pDZLKOX7CI1E1tv1XSo+8fLLVINMF509LWgk6bVEk4mSc6w0R+yP5uXbORVZ3FZ5y2Wc0ldLTsFdtV8qaZ1",
        "9WuriAs5c4pSif9b/lR98DEUGeucb2lH9omgasmCA7qBbaO96pgoNOYDAySc1LtQkjyBFKi6ffLIRGU9Yjo0qf9EMEpz7RzvLXJy",
        "hdHYYWwlNTOs+dRzI4Fm4/trxRMtgXFUVjwjqgNmog==",
    );
    const SHORT: &str = "\
-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCiPW6Nh+CW9U3pFEc2ogfk7fYA
zy++r9H6OypyKX5yR6KJ3GZHyuuoUJiW+f5usfdVQCr6TazhWNvkjpqTwCMNcnx+
C1fhylNWzLM3OzGiwXzzmLy1gREjdVlMFwOXO//JPj1ZAG/xUJhYtWX206B66R54
xGlomvzZQTPrREgPCwIDAQAB
-----END PUBLIC KEY-----
";
    const ELLIPTIC: &str = "\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBWZDoQTwl0ROPfGvCSQ+Q25SH3EG
P7zo7mUeBqzPAHati8qlAYVzXGl2VO0eY+OOsWYDwXpK6wqhUbMYUdQWHg==
-----END PUBLIC KEY-----
";

    #[test]
    fn signatures_of_another_program_are_verified() {
        let key = PublicKey::from_pem(KEY).unwrap();
        assert!(key.verify(SignatureMethod::RsaSha1, TEXT, SHA1));
        assert!(key.verify(SignatureMethod::RsaSha256, TEXT, SHA256));
    }

    #[test]
    fn another_text_or_signature_is_refused() {
        let key = PublicKey::from_pem(KEY).unwrap();
        assert!(!key.verify(SignatureMethod::RsaSha1, "GET", SHA1));
        for signature in
            [SHA256, "", "AAAA", &SHA1.replacen('b', "c", 1), SHA1.trim_end_matches('='), &SHA1.replace('/', "_")]
        {
            assert!(!key.verify(SignatureMethod::RsaSha1, TEXT, signature), "{signature}");
        }
    }

    #[test]
    fn pitfall_18_a_public_key_verifies_no_hmac() {
        let key = PublicKey::from_pem(KEY).unwrap();
        for method in [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
            for secret in [KEY, KEY.trim(), ""] {
                let secret = crate::secret::Secret::new(secret);
                let signature = super::super::HmacKey::new(&secret, None).sign(method, TEXT).unwrap();
                assert!(!key.verify(method, TEXT, &signature));
            }
            assert!(!key.verify(method, TEXT, SHA1));
        }
    }

    #[test]
    fn line_ends_and_blanks_around_the_block_do_not_matter() {
        let key = PublicKey::from_pem(KEY).unwrap();
        assert_eq!(PublicKey::from_pem(KEY.trim()), Ok(key.clone()));
        assert_eq!(PublicKey::from_pem(&KEY.replace('\n', "\r\n")), Ok(key.clone()));
        assert_eq!(PublicKey::from_pem(&format!("\n  {KEY}\n\n")), Ok(key));
    }

    #[test]
    fn what_people_paste_by_mistake_is_named() {
        let relabelled = |label: &str| KEY.replace("PUBLIC KEY", label);
        for (label, error) in [
            ("PRIVATE KEY", PublicKeyError::PrivateKey),
            ("RSA PRIVATE KEY", PublicKeyError::PrivateKey),
            ("ENCRYPTED PRIVATE KEY", PublicKeyError::PrivateKey),
            ("OPENSSH PRIVATE KEY", PublicKeyError::PrivateKey),
            ("CERTIFICATE", PublicKeyError::Certificate),
            ("RSA PUBLIC KEY", PublicKeyError::Pkcs1),
            ("MESSAGE", PublicKeyError::NotPem),
        ] {
            assert_eq!(PublicKey::from_pem(&relabelled(label)), Err(error), "{label}");
        }
        // A public key beside its private half is refused too.
        let both = format!("{KEY}{}", relabelled("PRIVATE KEY"));
        assert_eq!(PublicKey::from_pem(&both), Err(PublicKeyError::PrivateKey));
    }

    #[test]
    fn a_short_key_and_another_kind_of_key_are_refused() {
        assert_eq!(PublicKey::from_pem(SHORT), Err(PublicKeyError::Size(1024)));
        assert_eq!(PublicKey::from_pem(ELLIPTIC), Err(PublicKeyError::NotRsa));
    }

    #[test]
    fn anything_else_is_not_a_key() {
        let torn = KEY.replacen('A', "", 1);
        for text in ["", "ssh-rsa AAAAB3NzaC1yc2E alice", "-----BEGIN PUBLIC KEY-----", &torn, &KEY.repeat(2)] {
            assert_eq!(PublicKey::from_pem(text), Err(PublicKeyError::NotPem), "{text}");
        }
    }

    #[test]
    fn numbers_that_cannot_verify_are_refused() {
        // DER: a modulus of 2048 bits and an exponent, as bytes.
        let key = |last: u8, exponent: &[u8]| {
            let mut der = vec![0x30, 0x82, 0, 0, 0x02, 0x82, 0x01, 0x01, 0x00, 0x80];
            der.extend([7_u8; 254]);
            der.extend([last, 0x02, u8::try_from(exponent.len()).unwrap()]);
            der.extend(exponent);
            let length = u16::try_from(der.len() - 4).unwrap().to_be_bytes();
            der[2..4].copy_from_slice(&length);
            check_numbers(&der)
        };
        assert_eq!(key(1, &[1, 0, 1]), Ok(()));
        assert_eq!(key(1, &[3]), Ok(()));
        assert_eq!(key(2, &[1, 0, 1]), Err(PublicKeyError::Numbers));
        assert_eq!(key(1, &[1]), Err(PublicKeyError::Numbers));
        assert_eq!(key(1, &[1, 0, 0]), Err(PublicKeyError::Numbers));
        assert_eq!(key(1, &[2, 0, 0, 0, 1]), Err(PublicKeyError::Numbers));
        assert_eq!(key(1, &[1; 9]), Err(PublicKeyError::Numbers));
    }
}
