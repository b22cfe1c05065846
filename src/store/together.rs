//! One who reads for all who want the same at once.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::watch;

use super::{Connection, Error, Store};

/// What is being read, by a key that says what it is. Cheap to clone; clones read together.
#[derive(Debug)]
pub struct Together<K, T>(Arc<Mutex<HashMap<K, Reading<T>>>>);

/// What comes of reading, once it has; nothing ever does where the one who reads is stopped.
type Reading<T> = watch::Receiver<Option<Result<T, Error>>>;

impl<K, T> Clone for Together<K, T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, T> Default for Together<K, T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, T> Together<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    /// Reads by `work`, or waits for somebody who does so too. Whatever it gives began to be read after this was asked.
    ///
    /// # Errors
    /// Those of `work`, whoever did it; [`Error::Unavailable`] as for [`Store::run`].
    pub async fn read(
        &self,
        store: &Store,
        key: K,
        work: impl FnOnce(&mut Connection) -> Result<T, Error> + Clone + Send + 'static,
    ) -> Result<T, Error> {
        let mut joined_before = false;
        loop {
            let (mut reading, began_now) = self.join(store, &key, work.clone());
            let read = reading.wait_for(Option::is_some).await.ok().and_then(|read| read.clone());
            // What is joined first began before this asked, and what is joined then began after that ended.
            if let Some(read) = read
                && (began_now || joined_before)
            {
                return read;
            }
            joined_before = true;
        }
    }

    /// Joins whoever reads this already, or else lets it be read; and whether that began just now.
    fn join(
        &self,
        store: &Store,
        key: &K,
        work: impl FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    ) -> (Reading<T>, bool) {
        let mut all = self.0.lock();
        if let Some(reading) = all.get(key) {
            return (reading.clone(), false);
        }
        let (told, reading) = watch::channel(None);
        all.insert(key.clone(), reading.clone());
        drop(all);
        let (turn, store) = (Turn { all: self.clone(), key: key.clone() }, store.clone());
        // A task of its own: whoever gives up waiting stops nobody else's reading.
        tokio::spawn(async move {
            let read = store.run(work).await;
            // Whoever asks from now on may want something newer.
            drop(turn);
            told.send_replace(Some(read));
        });
        (reading, true)
    }
}

/// Held while something is read: others join meanwhile.
struct Turn<K: Eq + Hash, T> {
    all: Together<K, T>,
    key: K,
}

impl<K: Eq + Hash, T> Drop for Turn<K, T> {
    fn drop(&mut self) {
        self.all.0.lock().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use parking_lot::Condvar;
    use tempfile::TempDir;
    use tokio::{
        runtime::{Builder, Runtime},
        task::{JoinHandle, yield_now},
    };

    use super::*;
    use crate::sealing::{Keys, Source};

    /// Something that may be read when the test says so: the number of the reader.
    struct Stage {
        store: Store,
        together: Together<&'static str, usize>,
        gate: Arc<Gate>,
        _folder: TempDir,
    }

    #[derive(Default)]
    struct Gate {
        came: AtomicUsize,
        is_open: Mutex<bool>,
        opened: Condvar,
    }

    impl Gate {
        fn pass(&self) -> usize {
            let number = self.came.fetch_add(1, Ordering::SeqCst) + 1;
            let mut is_open = self.is_open.lock();
            while !*is_open {
                self.opened.wait(&mut is_open);
            }
            number
        }

        fn open(&self) {
            *self.is_open.lock() = true;
            self.opened.notify_all();
        }

        async fn until_somebody_came(&self) {
            while self.came.load(Ordering::SeqCst) == 0 {
                yield_now().await;
            }
        }
    }

    impl Stage {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("read.db").display());
            let store =
                Store::open(url.parse().unwrap(), Keys::of(Source::Nowhere), 4, Duration::from_secs(5)).unwrap();
            Self { store, together: Together::default(), gate: Arc::default(), _folder: folder }
        }

        /// Asks in a task of its own.
        fn ask(&self) -> JoinHandle<Result<usize, Error>> {
            let (store, together, gate) = (self.store.clone(), self.together.clone(), Arc::clone(&self.gate));
            tokio::spawn(async move { together.read(&store, "it", move |_| Ok(gate.pass())).await })
        }
    }

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    async fn read(asking: JoinHandle<Result<usize, Error>>) -> usize {
        asking.await.unwrap().unwrap()
    }

    #[test]
    fn those_who_want_the_same_while_it_is_read_wait_for_one_to_read_it_again() {
        let stage = Stage::new();
        runtime().block_on(async {
            let early = stage.ask();
            stage.gate.until_somebody_came().await;
            let late: Vec<_> = (0..20).map(|_| stage.ask()).collect();
            yield_now().await;
            stage.gate.open();
            assert_eq!(read(early).await, 1);
            for one in late {
                assert_eq!(read(one).await, 2);
            }
            assert_eq!(read(stage.ask()).await, 3);
        });
    }

    #[test]
    fn whoever_waits_for_one_who_is_stopped_reads_for_themselves() {
        let (stage, stopped) = (Stage::new(), runtime());
        stopped.block_on(async {
            drop(stage.ask());
            stage.gate.until_somebody_came().await;
        });
        runtime().block_on(async {
            let waiting = stage.ask();
            yield_now().await;
            stopped.shutdown_background();
            stage.gate.open();
            assert_eq!(read(waiting).await, 2);
        });
    }

    #[test]
    fn whoever_gives_up_stops_nobody_who_waits_for_the_same() {
        let stage = Stage::new();
        runtime().block_on(async {
            let first = stage.ask();
            stage.gate.until_somebody_came().await;
            let (second, third) = (stage.ask(), stage.ask());
            yield_now().await;
            first.abort();
            second.abort();
            stage.gate.open();
            assert_eq!(read(third).await, 2);
        });
    }

    #[test]
    fn a_failure_is_told_to_who_asked() {
        let stage = Stage::new();
        let refuse = |_: &mut Connection| Err(Error::Refused("not now".to_owned()));
        let told = runtime().block_on(stage.together.read(&stage.store, "it", refuse));
        assert!(matches!(told, Err(Error::Refused(_))), "{told:?}");
    }
}
