//! Devices: looking one up, and taking in a factory's feed.

use super::{Device, Imported, StoreError};
use resetkit_protocol::{BrandId, DevicePublic, DeviceStatus, FeedRow, Handle, LabelTail, Nickname};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// Progress is told each time this many rows are done.
const STEP: usize = 1000;

/// The columns that [`read`] reads, in its order.
pub(super) const COLUMNS: &str =
    "device.handle, public_key, brand, model, label, status, device.epoch, nickname, address_seal";

pub(super) fn find(connection: &Connection, handle: &Handle) -> Result<Option<Device>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM device WHERE handle = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([handle.octets()], |row| Ok(read(row, 0))).optional()?.transpose()
}

/// Reads a device from a row whose columns from `first` on are [`COLUMNS`].
pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Device, StoreError> {
    let text = |place: usize| row.get::<_, String>(first + place);
    let nickname: Option<String> = row.get(first + 7)?;
    Ok(Device {
        handle: Handle::new(row.get(first)?),
        public_key: DevicePublic::from_octets(row.get(first + 1)?).map_err(|_| StoreError::Unreadable("public_key"))?,
        brand: BrandId::parse(&text(2)?).map_err(|_| StoreError::Unreadable("brand"))?,
        model: text(3)?,
        label: LabelTail::parse(&text(4)?).map_err(|_| StoreError::Unreadable("label"))?,
        status: read_status(&text(5)?)?,
        epoch: row.get(first + 6)?,
        nickname: nickname
            .map(|name| Nickname::parse(&name))
            .transpose()
            .map_err(|_| StoreError::Unreadable("nickname"))?,
        address_seal: row.get(first + 8)?,
    })
}

pub(super) fn read_status(word: &str) -> Result<DeviceStatus, StoreError> {
    [DeviceStatus::Active, DeviceStatus::Revoked]
        .into_iter()
        .find(|status| status.as_str() == word)
        .ok_or(StoreError::Unreadable("status"))
}

pub(super) fn import(
    transaction: &Transaction<'_>,
    rows: &[FeedRow],
    progress: &mut dyn FnMut(usize),
) -> Result<Imported, StoreError> {
    let mut imported = Imported::default();
    for (place, row) in rows.iter().enumerate() {
        refuse_shared_key(transaction, row).map_err(|problem| in_line(place, problem))?;
        match find(transaction, &row.handle)? {
            None => {
                insert(transaction, row)?;
                imported.new += 1;
            }
            Some(known) if says_the_same(&known, row) => imported.same += 1,
            Some(known) => {
                refuse_step_back(&known, row).map_err(|problem| in_line(place, RowProblem::Refused(problem)))?;
                update(transaction, &known, row)?;
                imported.changed += 1;
            }
        }
        if (place + 1) % STEP == 0 || place + 1 == rows.len() {
            progress(place + 1);
        }
    }
    Ok(imported)
}

enum RowProblem {
    Refused(String),
    Store(StoreError),
}

impl From<rusqlite::Error> for RowProblem {
    fn from(error: rusqlite::Error) -> Self {
        RowProblem::Store(error.into())
    }
}

fn in_line(place: usize, problem: RowProblem) -> StoreError {
    match problem {
        RowProblem::Refused(problem) => StoreError::Row { line: place + 1, problem },
        RowProblem::Store(error) => error,
    }
}

/// Two devices with one key mean that a random source repeated itself (F25): the whole feed is refused.
fn refuse_shared_key(transaction: &Transaction<'_>, row: &FeedRow) -> Result<(), RowProblem> {
    let mut statement = transaction.prepare_cached("SELECT handle FROM device WHERE public_key = ?1")?;
    let holder: Option<[u8; 8]> = statement.query_row([row.public_key.octets()], |found| found.get(0)).optional()?;
    match holder.map(Handle::new) {
        Some(other) if other != row.handle => Err(RowProblem::Refused(format!(
            "device {} has the same public key as device {other}. Keys repeat when a factory's random source is weak: \
             stop it, and make new keys for both",
            row.handle
        ))),
        Some(_) | None => Ok(()),
    }
}

/// Old feeds must not undo a revocation or bring a lost key back: only a new enrolment may.
fn refuse_step_back(known: &Device, row: &FeedRow) -> Result<(), String> {
    if row.epoch < known.epoch {
        return Err(format!(
            "device {} is enrolled with epoch {} already; this is an older feed",
            row.handle, known.epoch
        ));
    }
    if row.epoch > known.epoch {
        return Ok(());
    }
    if row.public_key != known.public_key {
        return Err(format!("device {} has another key now: raise its epoch to enrol it again", row.handle));
    }
    if row.brand != known.brand {
        return Err(format!(
            "device {} belongs to brand {}: raise its epoch to enrol it again",
            row.handle, known.brand
        ));
    }
    match (known.status, row.status) {
        (DeviceStatus::Revoked, DeviceStatus::Active) => {
            Err(format!("device {} was revoked: raise its epoch to enrol it again", row.handle))
        }
        (DeviceStatus::Active | DeviceStatus::Revoked, DeviceStatus::Revoked)
        | (DeviceStatus::Active, DeviceStatus::Active) => Ok(()),
    }
}

fn says_the_same(known: &Device, row: &FeedRow) -> bool {
    known.public_key == row.public_key
        && known.brand == row.brand
        && known.model == row.model
        && known.label == row.label
        && known.status == row.status
        && known.epoch == row.epoch
        && known.nickname == row.nickname
}

fn insert(transaction: &Transaction<'_>, row: &FeedRow) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO device (handle, public_key, brand, model, label, status, epoch, nickname)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    statement.execute(params![
        row.handle.octets(),
        row.public_key.octets(),
        row.brand.as_str(),
        row.model,
        row.label.as_str(),
        row.status.as_str(),
        row.epoch,
        row.nickname.as_ref().map(Nickname::as_str),
    ])?;
    Ok(())
}

/// A new enrolment starts counters anew and forgets the address; anything else keeps them.
fn update(transaction: &Transaction<'_>, known: &Device, row: &FeedRow) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE device SET public_key = ?2, brand = ?3, model = ?4, label = ?5, status = ?6, epoch = ?7, nickname = ?8
         WHERE handle = ?1",
        params![
            row.handle.octets(),
            row.public_key.octets(),
            row.brand.as_str(),
            row.model,
            row.label.as_str(),
            row.status.as_str(),
            row.epoch,
            row.nickname.as_ref().map(Nickname::as_str),
        ],
    )?;
    if row.epoch > known.epoch {
        transaction.execute(
            "UPDATE device SET highest = NULL, taken = 0, address_seal = NULL, address_counter = NULL WHERE handle = ?1",
            [row.handle.octets()],
        )?;
    }
    Ok(())
}
