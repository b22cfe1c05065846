//! Which pieces of two lists belong together? The lists may be as long as what somebody pastes, so each piece is looked at a
//! few times, however many there are.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    iter,
};

/// What of the one is not in the other, counting repeated ones.
pub(super) fn without<T: Clone + Hash + Eq>(one: &[T], other: &[T]) -> Vec<T> {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for piece in other {
        *left.entry(piece).or_default() += 1;
    }
    let is_missing = |piece: &&T| match left.get_mut(*piece) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        Some(_) | None => true,
    };
    one.iter().filter(is_missing).cloned().collect()
}

/// Pieces that are taken out by name, in their order; each has two names, of which the first counts first.
pub(super) struct Rest<T, N> {
    pieces: Vec<Option<T>>,
    first_names: Places<N>,
    second_names: Places<N>,
}

/// Where the pieces of a name are.
type Places<N> = HashMap<N, VecDeque<usize>>;

impl<T, N: Hash + Eq> Rest<T, N> {
    pub(super) fn new(pieces: Vec<T>, names: impl Fn(&T) -> (N, N)) -> Self {
        let (mut first_names, mut second_names) = (Places::new(), Places::new());
        for (at, piece) in pieces.iter().enumerate() {
            let (first, second) = names(piece);
            first_names.entry(first).or_default().push_back(at);
            second_names.entry(second).or_default().push_back(at);
        }
        Self { pieces: pieces.into_iter().map(Some).collect(), first_names, second_names }
    }

    /// The first piece that has this name.
    pub(super) fn take(&mut self, name: &N) -> Option<T> {
        let pieces = &mut self.pieces;
        [&mut self.first_names, &mut self.second_names].into_iter().find_map(|places| {
            let places = places.get_mut(name)?;
            // What was taken by its other name is passed by once.
            iter::from_fn(|| places.pop_front()).find_map(|at| pieces.get_mut(at)?.take())
        })
    }

    /// What nobody took.
    pub(super) fn left(self) -> Vec<T> {
        self.pieces.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, hash::Hasher};

    use super::*;

    thread_local! {
        static LOOKED: Cell<usize> = const { Cell::new(0) };
    }

    /// Counts how often it is looked at.
    #[derive(Clone, Debug)]
    struct Counted(usize);

    impl Hash for Counted {
        fn hash<H: Hasher>(&self, state: &mut H) {
            LOOKED.set(LOOKED.get() + 1);
            self.0.hash(state);
        }
    }

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            LOOKED.set(LOOKED.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Counted {}

    fn numbers(numbers: std::ops::Range<usize>) -> Vec<Counted> {
        numbers.map(Counted).collect()
    }

    /// In a table a piece is hashed again when the table grows, and compared with a few whose hashes are alike.
    #[test]
    fn each_piece_is_looked_at_a_few_times_however_many_there_are() {
        const MISSING: usize = 1_000;
        const EXTRA: usize = 20_000;
        let (ours, theirs) = (numbers(0..MISSING), numbers(MISSING..MISSING + EXTRA));
        LOOKED.set(0);
        assert_eq!((without(&ours, &theirs).len(), without(&theirs, &ours).len()), (MISSING, EXTRA));
        let named = Cell::new(0);
        let names = |piece: &Counted| {
            named.set(named.get() + 1);
            (piece.clone(), Counted(piece.0 + EXTRA))
        };
        let mut rest = Rest::new(theirs, names);
        assert!(ours.iter().all(|one| rest.take(one).is_none()));
        assert_eq!((rest.left().len(), named.get()), (EXTRA, EXTRA));
        assert!(LOOKED.get() < 16 * (MISSING + EXTRA), "{}", LOOKED.get());
    }

    #[test]
    fn repeated_pieces_count_as_often_as_they_are_there() {
        assert_eq!(without(&["a", "b", "a", "c"], &["a", "c", "c"]), ["b", "a"]);
    }

    #[test]
    fn a_piece_is_taken_once_in_order_and_by_its_first_name_before_its_second() {
        let pieces = vec![("x", "a", 1), ("a", "a", 2), ("a", "z", 3), ("b", "b", 4)];
        let mut rest = Rest::new(pieces, |(first, second, _)| (*first, *second));
        let taken: Vec<_> = (0..4).map(|_| rest.take(&"a").map(|(_, _, number)| number)).collect();
        assert_eq!(taken, [Some(2), Some(3), Some(1), None]);
        assert_eq!((rest.take(&"x"), rest.take(&"z")), (None, None));
        assert_eq!(rest.left(), [("b", "b", 4)]);
        // What was taken by the one name is passed by under the other.
        let mut rest = Rest::new(vec![("a", "k", 1), ("c", "k", 2)], |(first, second, _)| (*first, *second));
        assert_eq!((rest.take(&"a"), rest.take(&"k")), (Some(("a", "k", 1)), Some(("c", "k", 2))));
    }
}
