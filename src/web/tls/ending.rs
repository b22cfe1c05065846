//! When a certificate ends: said in time, because from then on every client refuses the service, and says so to its own
//! user alone.

use x509_cert::{Certificate, der::Decode};

use crate::{
    clock::{self, UnixSeconds},
    web::words,
};

/// Who renews by themselves has done so by then: of the 90 days that certificates are usually good for, a third is left.
const SOON_SECONDS: i64 = 14 * 86_400;

/// When the first of a chain's certificates ends, by their DER: none holds longer than those that vouch for it. What
/// cannot be read says nothing.
pub fn of_chain<'a>(chain: impl IntoIterator<Item = &'a [u8]>) -> Option<UnixSeconds> {
    let end = |der: &[u8]| {
        let certificate = Certificate::from_der(der).ok()?;
        let end = certificate.tbs_certificate().validity().not_after.to_unix_duration();
        UnixSeconds::try_from(end.as_secs()).ok()
    };
    chain.into_iter().filter_map(end).min()
}

/// What there is to say of this end, if it is near or past.
pub fn warning(end: UnixSeconds, now: UnixSeconds) -> Option<String> {
    let left = end.saturating_sub(now);
    let at = clock::rfc3339(end);
    match left {
        i64::MIN..0 => Some(format!("the certificate ended at {at}, {} ago: clients refuse it", words::about(-left))),
        0..=SOON_SECONDS => Some(format!("the certificate ends at {at}, in {}: renew it", words::about(left))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    fn ending(year: i32) -> Vec<u8> {
        let mut params = CertificateParams::new(["forge.example".to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 3, 1);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn a_chain_ends_with_the_first_of_its_certificates() {
        let (leaf, authority) = (ending(2049), ending(2050));
        let end = |chain: &[&[u8]]| of_chain(chain.iter().copied()).map(clock::rfc3339);
        assert_eq!(end(&[&leaf, &authority]).as_deref(), Some("2049-03-01T00:00:00Z"));
        assert_eq!(end(&[&authority, &leaf]).as_deref(), Some("2049-03-01T00:00:00Z"));
        // From 2050 on it is written in another way.
        assert_eq!(end(&[b"no certificate", &authority]).as_deref(), Some("2050-03-01T00:00:00Z"));
        assert_eq!(end(&[b"no certificate"]), None);
    }

    #[test]
    fn nothing_is_said_until_it_is_near() {
        let end = 1_800_000_000;
        let said = |before: i64| warning(end, end - before);
        assert_eq!(said(SOON_SECONDS + 1), None);
        let at = "2027-01-15T08:00:00Z";
        assert_eq!(said(SOON_SECONDS), Some(format!("the certificate ends at {at}, in 14 days: renew it")));
        assert_eq!(said(0), Some(format!("the certificate ends at {at}, in 0 seconds: renew it")));
        assert_eq!(said(-7_200), Some(format!("the certificate ended at {at}, 2 hours ago: clients refuse it")));
    }
}
