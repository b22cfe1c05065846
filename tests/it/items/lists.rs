//! Lists of items: whatever they are narrowed by, they hold what a look at all items would find, and nobody waits for it.

use oauthprovider::{
    ids::{AccessTokenId, ItemId, TrackerId, UserId},
    store::{
        Connection, Error, ItemStatus, Store, Transaction,
        items::{
            self, Author, NewItem,
            lists::{self, Filter, Scope},
            words::Sought,
        },
        trackers, users,
    },
};

use crate::support::on_both_databases;

/// An item as the test knows it.
#[derive(Clone)]
struct Known {
    id: ItemId,
    tracker: TrackerId,
    words: Vec<&'static str>,
    priority: i64,
    submitter: UserId,
    consumer: Option<&'static str>,
    token: Option<AccessTokenId>,
    status: ItemStatus,
}

const VOCABULARY: [&str; 4] = ["alpha", "beta", "gamma", "delta"];
const TOKENS: [Option<AccessTokenId>; 3] = [None, Some(AccessTokenId(1)), Some(AccessTokenId(2))];
const CONSUMERS: [Option<&str>; 3] = [None, Some("jenkins_a"), Some("jenkins_b")];

/// The trackers of project A, and two users.
fn stage(conn: &mut Connection) -> Result<([TrackerId; 2], [UserId; 2]), Error> {
    let tracker = |conn: &mut Connection, name| Ok::<_, Error>(trackers::by_name(conn, "project-a", name)?.unwrap().id);
    let user = |conn: &mut Connection, name| Ok::<_, Error>(users::by_name(conn, name)?.unwrap().id);
    Ok(([tracker(conn, "bugs")?, tracker(conn, "security")?], [user(conn, "alice")?, user(conn, "bob")?]))
}

fn file(tx: &mut Transaction<'_>, item: &mut Known) -> Result<(), Error> {
    let author = Author { user: item.submitter, consumer: item.consumer, role: None, token: item.token };
    let new = NewItem { summary: &item.words.join(" "), details: "", priority: item.priority, author };
    item.id = items::file(tx, item.tracker, &new, 1_700_000_000)?;
    if item.status == ItemStatus::Closed {
        assert_eq!(items::close(tx, &[item.id])?, [item.id]);
    }
    Ok(())
}

/// Files as many items, all sorts of them, and gives them newest first.
fn file_all_sorts(store: &Store, count: usize) -> Vec<Known> {
    let mut random = fastrand::Rng::with_seed(7);
    let mut filed = store.blocking(|conn| {
        let (trackers, users) = stage(conn)?;
        conn.write(|tx| {
            (0..count)
                .map(|_| {
                    let words: Vec<_> = VOCABULARY.into_iter().filter(|_| random.bool()).collect();
                    let mut item = Known {
                        id: ItemId(0),
                        tracker: random.choice(trackers).unwrap(),
                        words: ["always"].into_iter().chain(words).collect(),
                        priority: random.i64(1..=5),
                        submitter: random.choice(users).unwrap(),
                        consumer: random.choice(CONSUMERS).unwrap(),
                        token: random.choice(TOKENS).unwrap(),
                        status: random.choice(ItemStatus::ALL.iter().copied()).unwrap(),
                    };
                    file(tx, &mut item).map(|()| item)
                })
                .collect::<Result<Vec<_>, Error>>()
        })
    });
    filed.as_mut().unwrap().reverse();
    filed.unwrap()
}

/// All pages of a list.
fn walk(store: &Store, filter: &Filter<'_>, limit: usize) -> Vec<ItemId> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = store.blocking(|conn| lists::find(conn, filter, before, limit)).unwrap();
        assert!(page.items.len() <= limit);
        assert!(page.looked_enough || page.more_before.is_none() || page.items.len() == limit);
        all.extend(page.items.iter().map(|item| item.id));
        match page.more_before {
            Some(next) => before = Some(next),
            None => return all,
        }
    }
}

fn fits(item: &Known, filter: &Filter<'_>, words: &[&str]) -> bool {
    let is_in_scope = match filter.scope {
        Scope::Tracker(tracker) => item.tracker == tracker,
        Scope::OfToken(token, trackers) => item.token == Some(token) && trackers.contains(&item.tracker),
    };
    is_in_scope
        && words.iter().all(|word| item.words.contains(word))
        && filter.status.is_none_or(|status| item.status == status)
        && filter.priority.is_none_or(|priority| item.priority == priority)
        && filter.submitter.is_none_or(|user| item.submitter == user)
        && filter.consumer.is_none_or(|name| item.consumer == Some(name))
        && filter.token.is_none_or(|token| item.token == Some(token))
}

on_both_databases! {
    fn a_list_holds_what_fits_and_nothing_else_whatever_it_is_narrowed_by(forge: Forge) {
        let filed = file_all_sorts(forge.store(), 300);
        let ([bugs, security], [alice, _]) = forge.store().blocking(stage).unwrap();
        let (both, one) = ([bugs, security], [security]);
        let scopes = [
            Scope::Tracker(bugs),
            Scope::Tracker(security),
            Scope::OfToken(AccessTokenId(1), &both),
            Scope::OfToken(AccessTokenId(2), &one),
            Scope::OfToken(AccessTokenId(3), &both),
        ];
        let mut lists = 0;
        for scope in scopes {
            for (index, words) in [&[][..], &["always"], &["beta", "always"], &["gamma", "beta", "alpha"], &["none"]]
                .into_iter()
                .enumerate()
            {
                for mask in 0..32_usize {
                    let asked = |bit: usize| mask & (1 << bit) != 0;
                    let of_token = matches!(scope, Scope::OfToken(..));
                    let filter = Filter {
                        words: Sought::parse(&if of_token { String::new() } else { words.join(" ") }),
                        status: asked(0).then_some(ItemStatus::ALL[index % 2]),
                        priority: asked(1).then_some(3),
                        submitter: asked(2).then_some(alice),
                        consumer: asked(3).then_some("jenkins_b"),
                        token: asked(4).then_some(AccessTokenId(2)),
                        ..Filter::all_in(scope)
                    };
                    let words = if of_token { &[] } else { words };
                    let expected: Vec<ItemId> =
                        filed.iter().filter(|item| fits(item, &filter, words)).map(|item| item.id).collect();
                    assert_eq!(walk(forge.store(), &filter, 7), expected, "{filter:?}");
                    lists += 1;
                }
            }
        }
        assert_eq!(lists, 5 * 5 * 32);
    }

    /// Two thousand are looked at, not all there are: the list says that it goes on, and does.
    fn a_list_that_finds_little_says_so_before_anybody_has_waited_for_long(forge: Forge) {
        let store = forge.store();
        let rare = store.blocking(|conn| {
            let ([tracker, _], [submitter, _]) = stage(conn)?;
            let common = Known { id: ItemId(0), tracker, words: vec!["common"], priority: 1, submitter, token: None,
                consumer: Some("jenkins_a"), status: ItemStatus::Open };
            conn.write(|tx| {
                let mut rare = Known { priority: 5, ..common.clone() };
                file(tx, &mut rare)?;
                (0..2_500).try_for_each(|_| file(tx, &mut common.clone()))?;
                Ok::<_, Error>(rare)
            })
        });
        let rare = rare.unwrap();
        let filters = [
            Filter { consumer: Some("jenkins_a"), priority: Some(5), ..Filter::all_in(Scope::Tracker(rare.tracker)) },
            Filter { words: Sought::parse("common"), priority: Some(5), ..Filter::all_in(Scope::Tracker(rare.tracker)) },
        ];
        for filter in filters {
            let first = store.blocking(|conn| lists::find(conn, &filter, None, 50)).unwrap();
            assert!(first.items.is_empty() && first.looked_enough);
            let second = store.blocking(|conn| lists::find(conn, &filter, first.more_before, 50)).unwrap();
            assert_eq!(second.items.iter().map(|item| item.id).collect::<Vec<_>>(), [rare.id]);
            assert_eq!((second.more_before, second.looked_enough), (None, false));
        }
    }

    fn a_changed_item_is_found_by_its_new_words_and_not_by_its_former_ones(forge: Forge) {
        let tool = super::manager(&forge);
        let body = serde_json::json!({"summary": "Größe falsch", "details": "with a stack-trace"});
        let item = tool.post_json(super::ITEMS, &body).expect(201).json();
        let tracker = forge.store().blocking(stage).unwrap().0[0];
        let count = |text: &str| {
            let filter = Filter { words: Sought::parse(text), ..Filter::all_in(Scope::Tracker(tracker)) };
            walk(forge.store(), &filter, 5).len()
        };
        let finds = ["größe", "GRÖßE falsch", "Trace stack", "größe trace"].map(count);
        assert_eq!((finds, count("klein"), count("größ")), ([1; 4], 0, 0));
        let change = serde_json::json!({"summary": "Zu klein"});
        tool.patch_json(&format!("{}/{}", super::ITEMS, item["id"]), &change).expect(200);
        assert_eq!(["größe", "falsch", "klein", "zu trace"].map(count), [0, 0, 1, 1]);
    }

    /// Items of before are found too: an older program filed them without writing down their words.
    fn items_of_an_older_schema_are_found_by_their_words(forge: Forge) {
        let filed = file_all_sorts(forge.store(), 30);
        forge.database().take_back_from("2026-11-22-000011_items");
        forge.store().migrate().unwrap();
        let tracker = filed[0].tracker;
        let filter = Filter { words: Sought::parse("always"), ..Filter::all_in(Scope::Tracker(tracker)) };
        let expected: Vec<ItemId> = filed.iter().filter(|item| item.tracker == tracker).map(|item| item.id).collect();
        assert_eq!(walk(forge.store(), &filter, 5), expected);
    }
}
