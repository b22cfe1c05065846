//! A consumer's two secrets: another one is made while the former still signs, until it retires.

use oauthprovider::{
    address::Arrival,
    clock,
    oauth1::{Problem, SignedRequest},
    provider::{
        self,
        access::Authenticator,
        consumer_secrets::{self, Overlap},
        consumers,
        consumers::Registered,
    },
    store::{self, SecretPlace, Transaction, consumers::Consumer},
};

use crate::support::{Browser, Forge, PLUGIN, Program, Tool, on_both_databases, operator, wait_for};

/// Does something with Jenkins A's secrets.
fn change<T>(forge: &Forge, change: impl FnOnce(&mut Transaction<'_>, &Consumer) -> Result<T, provider::Error>) -> T {
    let changed = forge.store().blocking(|conn| {
        conn.write(|tx| {
            let jenkins = consumers::named(tx, "jenkins_a")?;
            change(tx, &jenkins)
        })
    });
    changed.unwrap_or_else(|error: provider::Error| panic!("{error}"))
}

fn rotate(forge: &Forge, overlap: Overlap, now: i64) -> Registered {
    change(forge, |tx, jenkins| consumer_secrets::rotate(tx, jenkins, overlap, &operator(now)))
}

/// The same tool with another secret.
fn with_secret(tool: &Tool, secret: &str) -> Tool {
    Tool { secret: secret.to_owned(), ..tool.clone() }
}

#[track_caller]
fn signs(tool: &Tool) {
    tool.echo().expect(200);
    tool.with_no_token().ask("oob").send().expect(200);
}

#[track_caller]
fn is_refused(tool: &Tool) {
    tool.echo().expect_problem(401, "signature_invalid");
    tool.with_no_token().ask("oob").send().expect_problem(401, "signature_invalid");
}

impl Tool {
    fn with_no_token(&self) -> Self {
        Self { token: None, ..self.clone() }
    }
}

/// A request of this tool at this second, as the service reads it.
fn read(tool: &Tool, now: i64) -> SignedRequest {
    tool.request("GET", &format!("{PLUGIN}/echo")).timestamp(now).signed().read()
}

/// When each of Jenkins A's secrets signed last, as it is written down.
fn last_signed(forge: &Forge) -> Vec<(SecretPlace, Option<i64>)> {
    let live = change(forge, |tx, jenkins| Ok(store::consumer_secrets::live(tx, jenkins.id, 0)?));
    live.iter().map(|secret| (secret.place, secret.last_signed)).collect()
}

fn on(forge: &Forge, arguments: &[&str]) -> Program {
    Program::new(arguments).arg("--database-url").arg(forge.database_url())
}

/// A secret of a page where it is shown once.
fn post(admin: &Browser, path: &str, form: &[(&str, &str)]) -> crate::support::Answer {
    let csrf_token = admin.csrf_token();
    let form: Vec<_> = [("csrf_token", csrf_token.as_str())].into_iter().chain(form.iter().copied()).collect();
    admin.post(&format!("{PLUGIN}/consumers/{path}"), &form)
}

on_both_databases! {
    fn both_sign_until_the_former_retires_and_never_a_third(forge: Forge) {
        let first = forge.jenkins_a_for_alice();
        let second = with_secret(&first, rotate(&forge, Overlap::UntilRetired, clock::now()).secret.expose());
        [&first, &second].into_iter().for_each(signs);
        let third = with_secret(&first, rotate(&forge, Overlap::UntilRetired, clock::now()).secret.expose());
        [&second, &third].into_iter().for_each(signs);
        is_refused(&first);
        change(&forge, |tx, jenkins| consumer_secrets::retire(tx, jenkins, &operator(clock::now())));
        is_refused(&second);
        signs(&third);
        let again = forge.store().blocking(|conn| {
            conn.write(|tx| {
                let jenkins = consumers::named(tx, "jenkins_a")?;
                consumer_secrets::retire(tx, &jenkins, &operator(clock::now()))
            })
        });
        assert!(matches!(again, Err(provider::Error::NotFound(_))));
    }

    fn one_step_leads_back_while_the_former_still_signs(forge: Forge) {
        let first = forge.jenkins_a_for_alice();
        let second = with_secret(&first, rotate(&forge, Overlap::Seconds(600), clock::now()).secret.expose());
        signs(&second);
        let back = |now: i64| forge.store().blocking(|conn| {
            conn.write(|tx| {
                let jenkins = consumers::named(tx, "jenkins_a")?;
                consumer_secrets::rotate_back(tx, &jenkins, &operator(now))
            })
        });
        assert!(matches!(back(clock::now() + 600), Err(provider::Error::NotFound(_))), "it is too late");
        signs(&second);
        back(clock::now()).unwrap();
        is_refused(&second);
        signs(&first);
        assert!(matches!(back(clock::now()), Err(provider::Error::NotFound(_))), "there is one step");
        assert_eq!(last_signed(&forge).len(), 1);
    }

    fn it_retires_by_itself_at_the_second_though_it_is_remembered(forge: Forge) {
        let now = clock::now();
        let former = forge.jenkins_a_for_alice();
        let newest = with_secret(&former, rotate(&forge, Overlap::Seconds(100), now).secret.expose());
        let authenticator = Authenticator::new(forge.store().clone());
        wait_for(async {
            let ask = async |tool: &Tool, at: i64| authenticator.authenticate(&read(tool, at), Arrival::at(at)).await;
            for at in [now, now + 99] {
                assert!(ask(&former, at).await.is_ok() && ask(&newest, at).await.is_ok());
            }
            for at in [now + 100, now + 101] {
                let refused = ask(&former, at).await;
                assert!(matches!(refused, Err(provider::Error::Problem(Problem::SignatureInvalid))), "{at}");
                assert!(ask(&newest, at).await.is_ok());
            }
        });
        // Swept, the newest stays.
        forge.store().blocking(|conn| provider::sweep::batch(conn, now + 100)).unwrap();
        let left = forge.database().lines("SELECT place AS line FROM consumer_secrets WHERE consumer_id = 1");
        assert_eq!(left, ["newest"]);
    }

    fn which_signed_last_is_written_once_a_minute_and_moves_no_epoch(forge: Forge) {
        let now = clock::now();
        let former = forge.jenkins_a_for_alice();
        let newest = with_secret(&former, rotate(&forge, Overlap::UntilRetired, now).secret.expose());
        let (authenticator, store) = (Authenticator::new(forge.store().clone()), forge.store().clone());
        let written = |used: &[(&Tool, i64)]| {
            wait_for(async {
                for (tool, at) in used {
                    let accepted = authenticator.authenticate(&read(tool, *at), Arrival::at(*at)).await;
                    assert!(accepted.is_ok());
                }
                let before = store.epoch().await.unwrap();
                authenticator.write_uses().await.unwrap();
                assert!(store.epoch().await.unwrap() == before);
            });
            last_signed(&forge).into_iter().map(|(_, at)| at.map(|at| at - now)).collect::<Vec<_>>()
        };
        assert_eq!(written(&[(&former, now)]), [None, Some(0)]);
        assert_eq!(written(&[(&newest, now + 10), (&former, now + 59)]), [Some(10), Some(0)]);
        assert_eq!(written(&[(&newest, now + 11), (&former, now + 60)]), [Some(10), Some(60)]);
        // Who remembers nothing yet writes no oftener.
        let another = Authenticator::new(store.clone());
        wait_for(async {
            assert!(another.authenticate(&read(&newest, now + 69), Arrival::at(now + 69)).await.is_ok());
            another.write_uses().await.unwrap();
        });
        assert_eq!(written(&[]), [Some(10), Some(60)]);
    }

    fn an_admin_does_all_of_it_on_the_page(forge: Forge) {
        let (admin, first) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
        let page = || admin.get(&format!("{PLUGIN}/consumers/1")).expect(200).text();
        assert!(!page().contains("/retire") && !page().contains("/rotate-back"));
        let made = post(&admin, "1/rotate", &[("former", "week")]).expect(200);
        let (key, secret) = made.credentials();
        assert_eq!(key, first.key);
        let second = with_secret(&first, &secret);
        [&first, &second].into_iter().for_each(signs);
        for words in ["/retire", "/rotate-back", "former", "newest"] {
            assert!(page().contains(words), "{words}");
        }
        // Within the second it is still a whole week.
        let page_now = page();
        assert!([">in 6 days</time>", ">in 7 days</time>"].iter().any(|left| page_now.contains(left)), "{page_now}");
        assert!(!page().contains(&secret));
        post(&admin, "1/rotate-back", &[]).expect(302);
        is_refused(&second);
        let third = with_secret(&first, &post(&admin, "1/rotate", &[]).expect(200).credentials().1);
        [&first, &third].into_iter().for_each(signs);
        post(&admin, "1/retire", &[]).expect(302);
        is_refused(&first);
        post(&admin, "1/retire", &[]).expect(404);
        let fourth = with_secret(&first, &post(&admin, "1/rotate", &[("former", "none")]).expect(200).credentials().1);
        is_refused(&third);
        signs(&fourth);
        post(&admin, "1/rotate", &[("former", "for ever")]).expect(400);
        admin.post(&format!("{PLUGIN}/consumers/1/rotate"), &[]).expect(403);
        for verb in ["rotate", "retire", "rotate-back"] {
            post(&forge.browser_of("bob"), &format!("1/{verb}"), &[]).expect(403);
            post(&admin, &format!("999/{verb}"), &[]).expect(404);
        }
        signs(&fourth);
    }

    fn the_commands_do_it_and_show_which_signed_last(forge: Forge) {
        let first = forge.jenkins_a_for_alice();
        let rotated = on(&forge, &["consumer", "rotate", "jenkins_a", "--retire-after", "7d", "--json"]).run().expect(0).json();
        let second = with_secret(&first, rotated["secret"].as_str().unwrap());
        [&first, &second].into_iter().for_each(signs);
        forge.sql("UPDATE consumer_secrets SET last_signed = 1700000000 WHERE place = 'former'");
        let shown = on(&forge, &["consumer", "show", "jenkins_a", "--json"]).run().expect(0).json();
        let secrets = shown["secrets"].as_array().unwrap();
        assert_eq!((&secrets[0]["place"], &secrets[1]["place"]), (&"newest".into(), &"former".into()));
        assert_eq!((secrets[1]["last_signed"].as_str(), &secrets[0]["retires"]), (Some("2023-11-14T22:13:20Z"), &().into()));
        let ends = secrets[1]["retires"].as_str().unwrap();
        assert!(ends > clock::rfc3339(clock::now() + 6 * 86_400).as_str(), "{ends}");
        let listed = on(&forge, &["consumer", "list"]).run().expect(0).out;
        assert!(listed.contains("2023-11-14T22:13:20Z (former)"), "{listed}");
        on(&forge, &["consumer", "rotate-back", "jenkins_a"]).run().expect(0);
        is_refused(&second);
        signs(&first);
        assert!(on(&forge, &["consumer", "retire", "jenkins_a"]).run().complaint().contains("former secret"));
        on(&forge, &["consumer", "rotate", "jenkins_a", "--retire-after", "0s"]).run().expect(0);
        is_refused(&first);
        for wrong in ["-1h", "soon", "1 month"] {
            on(&forge, &["consumer", "rotate", "jenkins_a"]).arg(&format!("--retire-after={wrong}")).run().expect(2);
        }
    }
}
