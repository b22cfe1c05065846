//! When a request may come: within the window, both ways, whatever is written for the seconds.

use crate::support::{Database, Forge};

const ECHO: &str = "/plugins/oauthprovider/echo";

mod pitfall_11_the_window_holds_both_ways {
    use super::*;
    use crate::support::on_both_databases;
    use oauthprovider::{clock, oauth1::Problem, provider};

    #[test]
    fn what_is_outside_is_told_what_would_be_inside() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let now = clock::now();
        for inside in [now - 290, now + 290] {
            jenkins.request("GET", ECHO).timestamp(inside).send().expect(200);
        }
        for outside in [now - 310, now + 320, now - 315_360_000, now + 315_360_000, 0, i64::MAX] {
            let answer = jenkins.request("GET", ECHO).timestamp(outside).send();
            let answer = answer.expect_problem(401, "timestamp_refused");
            let acceptable = answer.field("oauth_acceptable_timestamps").unwrap();
            let (earliest, latest) = acceptable.split_once('-').unwrap();
            let (earliest, latest): (i64, i64) = (earliest.parse().unwrap(), latest.parse().unwrap());
            assert_eq!(latest - earliest, 600, "{acceptable}");
            assert!((now..now + 30).contains(&(earliest + 300)), "{acceptable}");
            assert!(answer.header("Date").unwrap().ends_with("GMT"));
        }
        jenkins.request("GET", ECHO).timestamp("99999999999999999999").send().expect_problem(401, "timestamp_refused");
        jenkins.request("GET", ECHO).timestamp("9".repeat(200)).send().expect_problem(401, "timestamp_refused");
    }

    #[test]
    fn what_is_not_all_digits_is_malformed() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let now = clock::now();
        let bad = [
            "",
            "-5",
            "now",
            "0x10",
            "1e9",
            "٣",
            &format!("+{now}"),
            &format!(" {now}"),
            &format!("{now} "),
            &format!("{now}.0"),
            &format!("-{now}"),
            &format!("{now}\n"),
        ];
        for timestamp in bad {
            let answer = jenkins.by_hand("GET", ECHO, "@").with("oauth_timestamp", timestamp).call(ECHO).send();
            let answer = answer.expect_problem(400, "parameter_rejected");
            assert_eq!(answer.field("oauth_parameters_rejected").as_deref(), Some("oauth_timestamp"), "{timestamp:?}");
        }
    }

    #[test]
    fn the_window_is_looked_at_before_anybody_is_looked_up() {
        let forge = Forge::on(Database::Sqlite);
        let mut jenkins = forge.jenkins_a_for_alice();
        jenkins.key = "nobody".to_owned();
        jenkins.request("GET", ECHO).timestamp(1).send().expect_problem(401, "timestamp_refused");
    }

    on_both_databases! {
        fn its_ends_belong_to_it(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let signed_at = clock::now();
            let outcome = |now: i64| {
                let request = jenkins.request("GET", ECHO).timestamp(signed_at).signed().read();
                forge.authenticate(&request, now).map(drop)
            };
            for distance in [-300, -299, 0, 299, 300] {
                assert!(outcome(signed_at + distance).is_ok(), "{distance}");
            }
            for distance in [-301, 301, -100_000, 100_000] {
                let now = signed_at + distance;
                let Err(provider::Error::Problem(problem)) = outcome(now) else { panic!("{distance}") };
                assert_eq!(problem, Problem::TimestampRefused { earliest: now - 300, latest: now + 300 }, "{distance}");
            }
        }
    }
}
