//! The pages of trackers and items: who sees what, what a list is narrowed to, filing, changing, and hostile text.

use serde_json::json;

use crate::support::{Browser, Forge, cells, on_both_databases, text_of};

const TRACKER: &str = "/projects/project-a/trackers/bugs";
const HOSTILE: [&str; 4] =
    ["\"><img src=x onerror=alert(1)>", "{{7*7}}", "\u{202e}detrevni\u{202c}", "</textarea></title><xss>"];

/// Files an item as Jenkins A for Alice as a reporter.
fn filed(forge: &Forge, body: serde_json::Value) -> i64 {
    forge.jenkins_a_for_alice().post_json(super::ITEMS, &body).expect(201).json()["id"].as_i64().unwrap()
}

fn numbers(browser: &Browser, path: &str) -> Vec<String> {
    cells(&browser.get(path).expect(200).text(), "Number")
}

/// The address behind a link of a page.
fn link(page: &str, words: &str) -> Option<String> {
    let found = page
        .split("<a ")
        .skip(1)
        .find(|link| text_of(&format!("<a {}", link.split("</a>").next().unwrap())) == words)?;
    Some(found.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&").replace("&#x2F;", "/"))
}

fn plain(page: &str) -> String {
    text_of(page).split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both_databases! {
    fn a_tracker_shows_itself_to_whoever_may_read_it(forge: Forge) {
        let id = filed(&forge, json!({"summary": "It broke"}));
        let item = format!("{TRACKER}/items/{id}");
        let (bob, nora) = (forge.browser_of("bob"), forge.browser_of("nora"));
        for path in [TRACKER, &item, &format!("{TRACKER}/items/new"), &format!("{item}/edit")] {
            nora.get(path).expect(404);
            forge.anonymous().get(path).expect(302);
        }
        assert!(bob.get(TRACKER).expect(200).text().contains("It broke"));
        bob.get(&item).expect(200);
        bob.get(&format!("{item}/edit")).expect(403);
        for nowhere in ["/projects/project-a/trackers/security", "/projects/project-a/trackers/none", "/projects/none/trackers/bugs"] {
            bob.get(nowhere).expect(404);
            bob.get(&format!("{nowhere}/items/{id}")).expect(404);
        }
        for nothing in ["items/0", "items/x", "items/999999"] {
            bob.get(&format!("{TRACKER}/{nothing}")).expect(404);
        }
        let of_b = format!("/projects/project-b/trackers/bugs/items/{id}");
        bob.get(&of_b).expect(404);
    }

    fn a_list_shows_open_items_first_and_is_narrowed_as_one_asks(forge: Forge) {
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let first = filed(&forge, json!({"summary": "Disk full", "details": "on the build server"})).to_string();
        let second = filed(&forge, json!({"summary": "Disk slow", "priority": 5})).to_string();
        let csrf = bob.csrf_token();
        let new = [("csrf_token", csrf.as_str()), ("summary", "Disk gone"), ("details", ""), ("priority", "1")];
        let third = bob.post(&format!("{TRACKER}/items/new"), &new).expect(302);
        let third = third.header("Location").unwrap().rsplit('/').next().unwrap().to_owned();
        let close = [("csrf_token", &*alice.csrf_token()), ("status", "closed")].map(|(n, v)| (n, v.to_owned()));
        let close: Vec<(&str, &str)> = close.iter().map(|(n, v)| (*n, v.as_str())).collect();
        alice.post(&format!("{TRACKER}/items/{first}/status"), &close).expect(302);

        let all = [third.as_str(), &second, &first];
        for (query, expected) in [
            ("", &all[..2]),
            ("?status=all", &all[..]),
            ("?status=closed", &all[2..]),
            ("?status=nonsense&priority=9&token=x&before=y", &all[..2]),
            ("?status=all&words=DISK", &all[..]),
            ("?status=all&words=disk+server", &all[2..]),
            ("?status=all&words=server+gone", &[]),
            // Which token filed an item is for who runs the project to ask.
            ("?token=999999", &all[..2]),
            ("?priority=5", &all[1..2]),
            ("?status=all&submitter=bob", &all[..1]),
            ("?status=all&submitter=alice&tool=jenkins_a", &all[1..]),
            ("?tool=jenkins_b", &[]),
            ("?submitter=nobody", &[]),
        ] {
            assert_eq!(numbers(&bob, &format!("{TRACKER}{query}")), expected, "{query}");
        }
        let page = bob.get(&format!("{TRACKER}?status=all&words=disk&tool=jenkins_a")).expect(200).text();
        assert!(page.contains("value=\"disk\"") && page.contains("value=\"jenkins_a\""), "what was typed stays");
        let none = bob.get(&format!("{TRACKER}?tool=jenkins_b")).expect(200).text();
        assert_eq!(link(&none, "Show open and closed ones").as_deref(), Some(&*format!("{TRACKER}?status=all")));
    }

    fn older_items_are_a_link_away_without_gap_or_repeat(forge: Forge) {
        let mut expected: Vec<String> = super::file_many(forge.store(), 120).iter().map(i64::to_string).collect();
        expected.reverse();
        let bob = forge.browser_of("bob");
        let (mut seen, mut path, mut sizes) = (Vec::new(), format!("{TRACKER}?words=many"), Vec::new());
        loop {
            let page = bob.get(&path).expect(200).text();
            assert!(page.len() < 60_000, "{} bytes", page.len());
            let on_page = cells(&page, "Number");
            sizes.push(on_page.len());
            seen.extend(on_page);
            match link(&page, "Next page") {
                Some(older) => path = older,
                None => break,
            }
        }
        assert_eq!((seen, sizes), (expected, vec![50, 50, 20]));
        let first = link(&bob.get(&path).expect(200).text(), "Back to the first page").unwrap();
        assert_eq!(numbers(&bob, &first).len(), 50);
    }

    fn an_item_says_who_filed_it_through_what_and_what_became_of_it(forge: Forge) {
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let id = filed(&forge, json!({"summary": "It broke", "details": "line one\nline two"}));
        let path = format!("{TRACKER}/items/{id}");
        let page = bob.get(&path).expect(200).text();
        let told = "filed by jenkins_a for alice as Reporter";
        assert!(plain(&page).contains(told), "{}", plain(&page));
        assert!(page.contains("line one\nline two"), "lines stay lines");
        assert!(plain(&bob.get(TRACKER).expect(200).text()).contains(told));
        assert!(!page.contains("/status\"") && !page.contains("/edit\"") && !page.contains("/tokens/"), "bob is a reporter");

        let csrf = alice.csrf_token();
        let form = |pairs: &[(&str, &str)]| {
            let mut form = vec![("csrf_token".to_owned(), csrf.clone())];
            form.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            form
        };
        let post = |path: &str, pairs: &[(&str, &str)]| {
            let form = form(pairs);
            alice.post(path, &form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>())
        };
        assert!(alice.get(&path).expect(200).text().contains("/status\""));
        let closed = post(&format!("{path}/status"), &[("status", "closed")]).expect(302);
        assert_eq!(closed.header("Location"), Some(path.as_str()));
        let edit = [("summary", "It is broken"), ("details", "line one\r\nline two"), ("priority", "4")];
        post(&format!("{path}/edit"), &edit).expect(302);
        forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"))
            .patch_json(&format!("{}/{id}", super::ITEMS), &json!({"status": "open"})).expect(200);

        let page = plain(&bob.get(&path).expect(200).text());
        let history = page.split("History").nth(1).unwrap();
        let expected = [
            told,
            "Status: open → closed by alice,",
            "Summary: It broke → It is broken by alice,",
            "Priority: 3 → 4 by alice,",
            "Status: closed → open by jenkins_a for alice as forge/Everywhere,",
        ];
        let mut rest = history;
        for line in expected {
            rest = rest.split_once(line).unwrap_or_else(|| panic!("{line} in its place in {history}")).1;
        }
        assert!(!history.contains("Details:"), "the ends of lines are no change: {history}");
    }

    fn whoever_lacks_the_right_or_the_form_changes_nothing(forge: Forge) {
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let id = filed(&forge, json!({"summary": "It broke"}));
        let path = format!("{TRACKER}/items/{id}");
        let before = forge.database().dump();
        let (csrf, of_alice) = (bob.csrf_token(), alice.csrf_token());
        bob.post(&format!("{path}/status"), &[("csrf_token", &csrf), ("status", "closed")]).expect(403);
        bob.post(&format!("{path}/edit"), &[("csrf_token", &csrf), ("summary", "x"), ("priority", "3")]).expect(403);
        for forged in ["", "x", csrf.as_str()] {
            alice.post(&format!("{path}/status"), &[("csrf_token", forged), ("status", "closed")]).expect(403);
            alice.post(&format!("{TRACKER}/items/new"), &[("csrf_token", forged), ("summary", "x")]).expect(403);
        }
        alice.post(&format!("{path}/status"), &[("csrf_token", &of_alice), ("status", "gone")]).expect(400);
        let nora = forge.browser_of("nora");
        nora.post(&format!("{TRACKER}/items/new"), &[("csrf_token", &nora.csrf_token()), ("summary", "x"), ("priority", "3")]).expect(404);
        let unchanged = |dump: &str| dump.split("items:").nth(1).unwrap().split("\n").nth(1).unwrap().to_owned();
        assert_eq!(unchanged(&forge.database().dump()), unchanged(&before));
    }

    fn a_form_that_is_wrong_is_shown_again_with_what_was_typed(forge: Forge) {
        let alice = forge.browser_of("alice");
        let csrf = alice.csrf_token();
        let id = filed(&forge, json!({"summary": "It broke"}));
        for path in [format!("{TRACKER}/items/new"), format!("{TRACKER}/items/{id}/edit")] {
            for (summary, priority, wrong) in [(" ", "3", "summary-error"), ("fine", "6", "priority-error")] {
                let form = [("csrf_token", csrf.as_str()), ("summary", summary), ("details", "typed <b>"), ("priority", priority)];
                let again = alice.post(&path, &form).expect(422).text();
                assert!(again.contains(&format!("id=\"{wrong}\"")) && again.contains("typed &lt;b&gt;</textarea>"), "{again}");
            }
        }
        assert_eq!(numbers(&alice, TRACKER).len(), 1);
    }

    /// Details that a page has no room for are shown in part, and not lost by who changes the rest.
    fn what_a_page_has_no_room_for_is_cut_and_never_lost(forge: Forge) {
        let alice = forge.browser_of("alice");
        let long = "\"><img src=x onerror=…> ".repeat(4_000);
        let id = filed(&forge, json!({"summary": "s".repeat(10_000), "details": long}));
        let path = format!("{TRACKER}/items/{id}");
        for path in [TRACKER, &path, &format!("{path}/edit")] {
            let page = alice.get(path).expect(200).text();
            assert!(page.len() < 60_000 && !page.contains("<img"), "{path}: {} bytes", page.len());
        }
        let csrf = alice.csrf_token();
        let form = [("csrf_token", csrf.as_str()), ("summary", "short"), ("priority", "2")];
        alice.post(&format!("{path}/edit"), &form).expect(302);
        let item = super::manager(&forge).get(&format!("{}/{id}", super::ITEMS)).expect(200).json();
        assert_eq!((&item["summary"], &item["details"]), (&json!("short"), &json!(long)));
        assert!(alice.get(&path).expect(200).text().len() < 60_000);
        // Neither is a summary.
        let id = filed(&forge, json!({"summary": long, "details": long}));
        let path = format!("{TRACKER}/items/{id}");
        for path in [TRACKER, &path, &format!("{path}/edit")] {
            let page = alice.get(path).expect(200).text();
            assert!(page.len() < 60_000, "{path}: {} bytes", page.len());
        }
        alice.post(&format!("{path}/edit"), &[("csrf_token", csrf.as_str()), ("priority", "2")]).expect(302);
        let item = super::manager(&forge).get(&format!("{}/{id}", super::ITEMS)).expect(200).json();
        assert_eq!([&item["summary"], &item["details"], &item["priority"]], [&json!(long), &json!(long), &json!(2)]);
    }

    fn an_empty_tracker_says_what_to_do_next_however_it_is_looked_at(forge: Forge) {
        let alice = forge.browser_of("alice");
        for (query, heading) in [("", "Nothing is open here"), ("?status=all", "No items yet"),
            ("?status=closed", "Nothing like that"), ("?status=all&words=x", "Nothing like that")] {
            let page = alice.get(&format!("{TRACKER}{query}")).expect(200).text();
            assert!(page.contains(&format!("<h2>{heading}</h2>")), "{query}: {page}");
        }
    }

    fn hostile_text_is_text_wherever_an_item_is_shown(forge: Forge) {
        let alice = forge.browser_of("alice");
        let nasty = HOSTILE.join(" ");
        let id = filed(&forge, json!({"summary": nasty, "details": format!("{nasty} {}", "x".repeat(10_000))}));
        let path = format!("{TRACKER}/items/{id}");
        let csrf = alice.csrf_token();
        let edit = [("csrf_token", csrf.as_str()), ("summary", &*format!("{nasty}!")), ("details", &nasty), ("priority", "3")];
        alice.post(&format!("{path}/edit"), &edit).expect(302);
        let token = alice.get(&path).expect(200).text();
        let of_token = link(&token, &format!("What token {} filed", token.split("/tokens/").nth(1).unwrap().split('/').next().unwrap())).unwrap();
        for path in [TRACKER, &path, &format!("{path}/edit"), &of_token, &format!("{TRACKER}?words=%22%3E%3Cimg+src%3Dx+onerror%3E")] {
            let page = alice.get(path).expect(200).text();
            assert!(page.contains("&lt;xss&gt;") && page.contains("{{7*7}}"), "{path}: it is not there");
            for broken_out in ["<img", "<xss", "\"><", "</textarea></title>"] {
                let allowed = if broken_out == "\"><" { page.matches("\"><").count() } else { 0 };
                assert_eq!(page.matches(broken_out).count(), allowed, "{broken_out} on {path}");
            }
        }
    }
}
