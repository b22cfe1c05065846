//! What holds for whatever request there is: random ones, which shrink to the smallest that shows a mistake.
//!
//! Signer and verifier agree on any request, wherever its parts stand; they disagree after any single change of anything
//! that is signed; the order of parameters does not matter; and what is encoded is decoded to the same.

mod changes;
mod message;

use oauthprovider::oauth1::{
    Pairs, Plus, base_string, encode_urlencoded, header, normalise, parse_urlencoded, percent_decode, percent_encode,
};
use proptest::{collection::vec, prelude::*, sample, test_runner::FileFailurePersistence};

use changes::Change;
use message::{Message, Secrets, messages, pairs, secrets, text};

/// Pairs, and the same in another order.
fn shuffled() -> impl Strategy<Value = (Pairs, Pairs)> {
    pairs().prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle()))
}

/// What failed once is tried first from then on: its seed is written to a file that belongs to the tests.
fn config() -> ProptestConfig {
    let persistence = FileFailurePersistence::Direct("tests/it/properties/regressions.txt");
    ProptestConfig { cases: 256, failure_persistence: Some(Box::new(persistence)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_encoded_is_decoded_to_the_same(text in text()) {
        let encoded = percent_encode(&text);
        for plus in [Plus::Blank, Plus::Plus] {
            assert_eq!(percent_decode(encoded.as_bytes(), plus).as_deref(), Ok(text.as_str()));
        }
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        prop_assert!(encoded.bytes().all(is_unreserved), "{}", encoded);
    }

    #[test]
    fn what_is_written_as_a_form_or_a_header_is_read_as_the_same(pairs in pairs()) {
        assert_eq!(parse_urlencoded(encode_urlencoded(&pairs).as_bytes()).as_ref(), Ok(&pairs));
        let mut named = pairs;
        // The one is the header's own, the other cannot stand in it.
        named.retain(|(name, _)| !name.eq_ignore_ascii_case("realm") && !name.is_empty());
        assert_eq!(header::parse(header::write(Some("r"), &named).as_bytes()).as_ref(), Ok(&named));
    }

    #[test]
    fn what_cannot_be_decoded_is_refused_and_never_replaced(bytes in vec(any::<u8>(), 0..40)) {
        if let Ok(decoded) = percent_decode(&bytes, Plus::Plus) {
            let again = percent_encode(&decoded);
            assert_eq!(percent_decode(again.as_bytes(), Plus::Plus).as_deref(), Ok(&*decoded));
            prop_assert!(!decoded.contains('\0'));
            let raw = percent_encoding::percent_decode(&bytes).collect::<Vec<_>>();
            prop_assert_eq!(decoded.as_bytes(), raw);
        }
    }

    #[test]
    fn the_order_of_parameters_does_not_matter((sent, otherwise) in shuffled(), message in messages()) {
        prop_assert_eq!(normalise(&sent), normalise(&otherwise));
        let text = |pairs: &[(String, String)]| base_string(&message.method, &message.origin(), &message.path, pairs);
        prop_assert_eq!(text(&sent), text(&otherwise));
    }

    #[test]
    fn signer_and_verifier_agree_on_any_request(message in messages(), secrets in secrets()) {
        let sent = message.signed_by_hand(&secrets);
        prop_assert_eq!(sent.judge(&secrets), Ok(true));
        if let Some(signed) = message.signed_by_the_signer(&secrets) {
            prop_assert_eq!(signed.signature, sent.signature());
        }
    }

    #[test]
    fn they_disagree_after_any_single_change(
        message in messages(),
        secrets in secrets(),
        at in any::<sample::Index>(),
        piece in "[a-zA-Z0-9é ]{1,3}",
    ) {
        let sent = message.signed_by_hand(&secrets);
        for change in Change::ALL {
            let mut changed = sent.clone();
            let mut other: Secrets = secrets.clone();
            if !change.apply(&mut changed, &mut other, at, &piece) {
                continue;
            }
            let judged = changed.judge(&other);
            prop_assert_ne!(judged, Ok(true), "{:?} went unnoticed: {:?}", change, changed);
        }
    }
}

#[test]
fn every_kind_of_change_can_be_made_to_some_request() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    for change in Change::ALL {
        let applies = (0..200).any(|_| {
            let message: Message = messages().new_tree(&mut runner).unwrap().current();
            let mut secrets = secrets().new_tree(&mut runner).unwrap().current();
            let at = any::<sample::Index>().new_tree(&mut runner).unwrap().current();
            let mut sent = message.signed_by_hand(&secrets);
            change.apply(&mut sent, &mut secrets, at, "x")
        });
        assert!(applies, "{change:?}");
    }
}
