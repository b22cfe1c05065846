//! Which server key seals, and sealing anew what is sealed with a former key, while the service runs.
//!
//! The name of the key that seals stands in the database, and whoever writes a secret holds it until the commit. So a
//! rotation is: put a new key in front of those in the file, move the name (which waits for who seals with the former
//! one), seal the rest anew in batches, and when nothing is sealed with the former one, forget it. Each step is on the disk
//! before the next, and a rotation that broke off is taken up where it was.
//!
//! Nothing here takes a text for a secret that does not open: the one migration that found secrets in clear sealed them
//! itself, before its end. A text that somebody puts there is broken, whatever it begins with.

use diesel::prelude::*;

use super::{
    Error, Store, Transaction,
    audit::Said,
    schema::{access_tokens, audit_key, consumer_secrets, consumers, request_tokens},
    sealed::{ACCESS_TOKEN, AUDIT_KEY, CONSUMER_SECRET, Hold, REQUEST_TOKEN},
};
use crate::{sealing::KeyName, secret::Secret};

/// How many secrets one transaction seals: a few milliseconds' work, so that nobody waits for it.
const BATCH: i64 = 200;

/// How far a rotation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The new key is in the file, and that is all: the file is still to be copied to other machines.
    Prepared,
    /// Everything is sealed with it.
    Whole,
}

/// What became of the secrets in the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resealed {
    /// So many were sealed anew.
    pub sealed: usize,
    /// What does not open with any key that there is, and was left as it is: column and row.
    pub left: Vec<String>,
}

/// The tables that secrets stand in.
#[derive(Clone, Copy)]
enum Table {
    ConsumerSecrets,
    RequestTokens,
    AccessTokens,
    AuditKey,
}

const TABLES: [Table; 4] = [Table::ConsumerSecrets, Table::RequestTokens, Table::AccessTokens, Table::AuditKey];

/// The tables in which the migration [`SEALING_STEP`](super::migrations::SEALING_STEP) puts [`IN_CLEAR`] in front of what
/// it finds. The key of the audit log is not among them: it was never in clear, and who could give the log another one could
/// write all of it anew.
const TABLES_IN_CLEAR: [Table; 3] = [Table::ConsumerSecrets, Table::RequestTokens, Table::AccessTokens];

/// What the migration puts in front of secrets, for who seals them in the same transaction. It means nothing to anybody else.
const IN_CLEAR: &str = "clear:";

/// A row with a secret: its number, what it is known by, and the secret as it stands there.
type Row = (i64, String, String);

/// Which secrets are sealed anew.
#[derive(Clone, Copy)]
enum Which {
    All,
    NotWith(KeyName),
}

impl Store {
    /// Makes sure that the keys are those of the database, and only reads it. Next to an embedded database in which nothing
    /// is sealed yet, a key file is made where there is none; whoever seals first names the key.
    ///
    /// # Errors
    /// [`Error::Key`] says which key is missing and how to give it.
    pub fn unlock(&self) -> Result<(), Error> {
        self.blocking(|conn| match conn.sealing_key()? {
            Some(name) => Ok(self.keys.expect(name)?),
            None => conn.first_keys().map(drop),
        })
    }

    /// Puts a new server key in the place of the one that seals, and gives its name. One that was prepared is taken instead of
    /// making another; and where a rotation broke off, that one is brought to its end, and none is begun. `say` is what the
    /// audit log says of a new key.
    ///
    /// # Errors
    /// [`Error::Key`], and those of the database.
    pub fn rotate_server_key(
        &self,
        rotation: Rotation,
        say: impl FnOnce(KeyName) -> Said,
    ) -> Result<(KeyName, Resealed), Error> {
        if rotation == Rotation::Whole
            && let Some(finished) = self.finish_rotation()?
        {
            return Ok(finished);
        }
        let name = self.blocking(|conn| conn.write(|tx| self.begin_rotation(tx, rotation, say)))?;
        let resealed = match rotation {
            Rotation::Prepared => Resealed::default(),
            Rotation::Whole => self.seal_the_rest(name)?,
        };
        Ok((name, resealed))
    }

    /// Goes on with a rotation that broke off: its key is the newest one and seals, and there is more to be sealed with it.
    ///
    /// What does not open with any key is no reason to go on: it would be in the way of every other key for ever.
    fn finish_rotation(&self) -> Result<Option<(KeyName, Resealed)>, Error> {
        let Some(name) = self.blocking(|conn| conn.sealing_key())? else { return Ok(None) };
        if self.keys.read()?.newest() != name {
            return Ok(None);
        }
        let resealed = self.seal_the_rest(name)?;
        Ok((resealed.sealed > 0).then_some((name, resealed)))
    }

    /// Seals with this key what is sealed with others, and forgets those when nothing needs them.
    fn seal_the_rest(&self, name: KeyName) -> Result<Resealed, Error> {
        let resealed = self.reseal(Which::NotWith(name))?;
        self.blocking(|conn| conn.write(|tx| self.end_rotation(tx)))?;
        Ok(resealed)
    }

    fn begin_rotation(
        &self,
        tx: &mut Transaction<'_>,
        rotation: Rotation,
        say: impl FnOnce(KeyName) -> Said,
    ) -> Result<KeyName, Error> {
        let named = tx.hold_sealing_key(Hold::ToMove)?;
        let newest = self.keys.read()?.newest();
        // Whoever asks at the same moment waits for this one's end, and then finds that the newest key seals.
        let newest = if named == Some(newest) { self.keys.add()? } else { newest };
        if rotation == Rotation::Whole {
            tx.move_sealing_key(newest)?;
            tx.say(say(newest));
        }
        Ok(newest)
    }

    fn end_rotation(&self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        let Some(name) = tx.hold_sealing_key(Hold::ToMove)? else { return Ok(()) };
        for table in TABLES {
            if !rows(tx, table, 0, Which::NotWith(name), 1)?.is_empty() {
                return Ok(());
            }
        }
        Ok(self.keys.forget_older_than(name)?)
    }

    /// Seals anew, in batches.
    fn reseal(&self, which: Which) -> Result<Resealed, Error> {
        let mut all = Resealed::default();
        for table in TABLES {
            let mut after = 0;
            while let Some(last) =
                self.blocking(|conn| conn.write(|tx| reseal_batch(tx, table, after, which, &mut all)))?
            {
                after = last;
            }
        }
        Ok(all)
    }
}

impl Transaction<'_> {
    /// Seals what the migration that this is the end of has put [`IN_CLEAR`] in front of, and says how much it was.
    ///
    /// It asks for a key where there is something to seal, and nowhere else.
    pub(super) fn seal_what_is_in_clear(&mut self) -> Result<usize, Error> {
        let mut sealed = 0;
        for table in TABLES_IN_CLEAR {
            let mut after = 0;
            loop {
                let batch = rows(self, table, after, Which::All, BATCH)?;
                let Some((last, ..)) = batch.last() else { break };
                after = *last;
                for (id, known_by, former) in &batch {
                    let secret = former.strip_prefix(IN_CLEAR).ok_or_else(|| not_in_clear(table, *id))?;
                    let text = self.seal(table.column(), known_by, &Secret::new(secret))?;
                    sealed += replace(self, table, *id, (former, &text))?;
                }
            }
        }
        Ok(sealed)
    }
}

fn not_in_clear(table: Table, id: i64) -> Error {
    Error::Migration(format!("{} in row {id} is not what the step before made it", table.column()))
}

/// Seals a batch of rows after this one, and says which was the last; none: there are no more.
fn reseal_batch(
    tx: &mut Transaction<'_>,
    table: Table,
    after: i64,
    which: Which,
    counted: &mut Resealed,
) -> Result<Option<i64>, Error> {
    let batch = rows(tx, table, after, which, BATCH)?;
    for (id, known_by, former) in &batch {
        match tx.unseal((table.column(), *id), known_by, former) {
            Ok(secret) => {
                let sealed = tx.seal(table.column(), known_by, &secret)?;
                counted.sealed += replace(tx, table, *id, (former, &sealed))?;
            }
            Err(_) => counted.left.push(format!("{} in row {id}", table.column())),
        }
    }
    Ok(batch.last().map(|(id, _, _)| *id))
}

impl Table {
    fn column(self) -> &'static str {
        match self {
            Self::ConsumerSecrets => CONSUMER_SECRET,
            Self::RequestTokens => REQUEST_TOKEN,
            Self::AccessTokens => ACCESS_TOKEN,
            Self::AuditKey => AUDIT_KEY,
        }
    }
}

/// The secrets of a table, in the order of their rows.
fn rows(tx: &mut Transaction<'_>, table: Table, after: i64, which: Which, limit: i64) -> Result<Vec<Row>, Error> {
    macro_rules! load {
        ($table:ident, $from:expr, $known_by:expr) => {{
            let all = $from.filter($table::id.gt(after)).select(($table::id, $known_by, $table::secret));
            let all = all.order($table::id).limit(limit);
            match which {
                Which::All => all.load(tx.db()),
                Which::NotWith(name) => all.filter($table::secret.not_like(format!("{name}:%"))).load(tx.db()),
            }
        }};
    }
    Ok(match table {
        Table::ConsumerSecrets => {
            load!(consumer_secrets, consumer_secrets::table.inner_join(consumers::table), consumers::key)
        }
        Table::RequestTokens => load!(request_tokens, request_tokens::table, request_tokens::key),
        Table::AccessTokens => load!(access_tokens, access_tokens::table, access_tokens::key),
        Table::AuditKey => load!(audit_key, audit_key::table, audit_key::name),
    }?)
}

/// Replaces a secret, unless it was changed since it was read: then whoever did sealed it with the newest key. Says how many
/// it replaced.
fn replace(tx: &mut Transaction<'_>, table: Table, id: i64, (former, sealed): (&str, &str)) -> Result<usize, Error> {
    macro_rules! update {
        ($table:ident) => {
            diesel::update($table::table.filter($table::id.eq(id)).filter($table::secret.eq(former)))
                .set($table::secret.eq(sealed))
                .execute(tx.db())
        };
    }
    Ok(match table {
        Table::ConsumerSecrets => update!(consumer_secrets),
        Table::RequestTokens => update!(request_tokens),
        Table::AccessTokens => update!(access_tokens),
        Table::AuditKey => update!(audit_key),
    }?)
}
