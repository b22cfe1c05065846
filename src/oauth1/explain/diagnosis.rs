//! Which mistakes give the signature that was sent? Each alone is tried first, and then two at a time.

use base64::{
    Engine, alphabet,
    engine::{
        DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig,
        general_purpose::{STANDARD, URL_SAFE},
    },
};

use super::{
    mistake::{Mistake, Places},
    recipe::Recipe,
    seen::{Extent, Whole},
    suspects::{places, suspects},
};
use crate::{
    oauth1::{Plus, PublicKey, SignatureMethod, percent_decode},
    secret::Secret,
};

/// Base strings longer than this are not tried with two mistakes at once: there are some thousand pairs.
const LONGEST_FOR_PAIRS: usize = 4 * 1024;
/// How many explanations are given.
const MOST_FINDINGS: usize = 3;

/// What a request may have been signed with.
#[derive(Default)]
pub struct Secrets {
    /// The consumer's, the newest first.
    pub consumer: Vec<Secret>,
    /// The secret of the token that the request names.
    pub token: Option<Secret>,
    /// The secrets of request tokens that the consumer was given lately.
    pub request_tokens: Vec<Secret>,
    /// The consumer's key for the RSA methods.
    pub public_key: Option<PublicKey>,
}

/// Mistakes that together give the signature that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(pub Vec<Mistake>);

impl Finding {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        let words: Vec<String> = self.0.iter().map(Mistake::words).collect();
        format!("This signature is what a client makes that {}.", words.join(", and that "))
    }
}

/// What is found out about a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diagnosis {
    /// It is right, for the secrets of now.
    Right,
    /// It is right, and the hash of the body is not.
    WrongBodyHash,
    /// It is what these mistakes give; of several any may be the one.
    Mistakes(Vec<Finding>),
    /// None of the known mistakes gives it.
    Unknown,
    /// There is not enough to try: the request is malformed, or too long to be kept whole.
    NotTried,
}

/// Tries the well-known mistakes on a request; on one that nothing more was kept of than may be shown, none.
pub fn diagnose(whole: Option<&Whole>, secrets: &Secrets) -> Diagnosis {
    let Some(whole) = whole.filter(|whole| whole.extent == Extent::Signed) else { return Diagnosis::NotTried };
    let Some(method) = SignatureMethod::from_name(whole.value("oauth_signature_method")) else {
        return Diagnosis::NotTried;
    };
    let right = Recipe::right(whole, method);
    let trial = Trial { secrets, places: places(whole), texts: texts(whole.value("oauth_signature")), whole };
    match trial.fits(&right) {
        Some(None) if has_wrong_hash(whole, method) => return Diagnosis::WrongBodyHash,
        Some(None) => return Diagnosis::Right,
        Some(Some(text)) => return Diagnosis::Mistakes(vec![Finding(vec![text])]),
        None => {}
    }
    let suspects = suspects(whole, &right);
    let mut found = trial.alone(&right, &suspects);
    if found.is_empty() && right.base_string().len() <= LONGEST_FOR_PAIRS && !method.is_rsa() {
        found = trial.in_pairs(&right, &suspects);
    }
    if found.is_empty() { Diagnosis::Unknown } else { Diagnosis::Mistakes(found) }
}

fn has_wrong_hash(whole: &Whole, method: SignatureMethod) -> bool {
    let sent = whole.value("oauth_body_hash");
    let right = whole.body.hashes.as_ref().map(|(sha1, sha256)| match method {
        SignatureMethod::HmacSha1 | SignatureMethod::RsaSha1 => sha1,
        SignatureMethod::HmacSha256 | SignatureMethod::RsaSha256 => sha256,
    });
    right.is_some_and(|right| sent != right)
}

struct Trial<'a> {
    secrets: &'a Secrets,
    places: Places,
    /// The signature as base64, however it was written.
    texts: Vec<(Option<Mistake>, String)>,
    whole: &'a Whole,
}

impl Trial<'_> {
    /// Whether this gives the signature, and what became of that on its way, if anything.
    fn fits(&self, recipe: &Recipe) -> Option<Option<Mistake>> {
        let base_string = recipe.base_string();
        let text = if recipe.algorithm.is_rsa() {
            let key = self.secrets.public_key.as_ref()?;
            self.texts.iter().find(|(_, text)| key.verify(recipe.algorithm, &base_string, text))
        } else {
            let publics = (self.whole.value("oauth_consumer_key"), self.whole.value("oauth_token"));
            let keys = recipe.keys(self.secrets, publics);
            let made: Vec<String> = keys.iter().filter_map(|key| key.sign(recipe.algorithm, &base_string)).collect();
            self.texts.iter().find(|(_, text)| made.contains(text))
        };
        text.map(|(mistake, _)| mistake.clone())
    }

    /// The mistakes that each give it alone; of several of one aspect the likeliest.
    fn alone(&self, right: &Recipe, suspects: &[Mistake]) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        for one in suspects {
            let is_said = found.iter().flat_map(|Finding(said)| said).any(|said| said.aspect() == one.aspect());
            if !is_said && found.len() < MOST_FINDINGS {
                found.extend(self.finding(right, &[one]));
            }
        }
        found
    }

    fn in_pairs(&self, right: &Recipe, suspects: &[Mistake]) -> Vec<Finding> {
        let pairs = suspects.iter().enumerate().flat_map(|(at, one)| {
            let others = suspects.iter().skip(at + 1);
            others.filter(move |other| other.aspect() != one.aspect()).map(move |other| [one, other])
        });
        pairs.filter_map(|pair| self.finding(right, &pair)).take(MOST_FINDINGS).collect()
    }

    fn finding(&self, right: &Recipe, mistakes: &[&Mistake]) -> Option<Finding> {
        let mut recipe = right.clone();
        mistakes.iter().for_each(|mistake| mistake.make(&mut recipe, &self.places));
        let text = self.fits(&recipe)?;
        Some(Finding(mistakes.iter().map(|mistake| (*mistake).clone()).chain(text).collect()))
    }
}

/// What the signature may have been before it was written wrongly, as standard base64.
fn texts(signature: &str) -> Vec<(Option<Mistake>, String)> {
    let unpadded = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone);
    let unpadded = |text: &str| GeneralPurpose::new(&alphabet::STANDARD, unpadded).decode(text).ok();
    let mut texts = vec![(None, signature.to_owned())];
    let mut add = |mistake: Mistake, bytes: Option<Vec<u8>>| {
        texts.extend(bytes.map(|bytes| (Some(mistake), STANDARD.encode(bytes))));
    };
    add(Mistake::UrlSafeSignature, URL_SAFE.decode(signature).ok());
    add(Mistake::PaddingMissing, unpadded(signature));
    add(Mistake::UrlSafeSignature, unpadded(&signature.replace('-', "+").replace('_', "/")));
    add(Mistake::HexadecimalSignature, hexadecimal(signature));
    let of_hexadecimal = STANDARD.decode(signature).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    add(Mistake::HexadecimalSignature, of_hexadecimal.and_then(|text| hexadecimal(&text)));
    add(Mistake::SignatureNotEscaped, STANDARD.decode(signature.replace(' ', "+")).ok());
    let once_more = percent_decode(signature.as_bytes(), Plus::Plus).ok();
    add(Mistake::SignatureEscapedTwice, once_more.and_then(|text| STANDARD.decode(text.as_bytes()).ok()));
    texts
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let (pairs, rest) = digits.as_ref()?.as_chunks::<2>();
    (rest.is_empty() && !pairs.is_empty()).then(|| pairs.iter().map(|[high, low]| high * 16 + low).collect())
}
