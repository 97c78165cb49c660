//! How often one network address may ask: a token bucket each, in memory.

use crate::clock::UnixTime;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Most addresses that are remembered (R47). When there are more, those whose bucket is full again are forgotten.
const MOST: usize = 20_000;
const MINUTE: i64 = 60;

pub(super) struct PerAddress {
    per_minute: u32,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Sixtieths of a request that are left.
    left: i64,
    at: UnixTime,
}

impl PerAddress {
    pub(super) fn new(per_minute: u32) -> Self {
        Self { per_minute, buckets: Mutex::default() }
    }

    pub(super) fn lets_in(&self, address: IpAddr, now: UnixTime) -> bool {
        if self.per_minute == 0 {
            return true;
        }
        let rate = i64::from(self.per_minute);
        let full = rate * MINUTE;
        let refill = |bucket: Bucket| (bucket.left + now.since(bucket.at).max(0).saturating_mul(rate)).min(full);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| refill(*bucket) < full);
            if buckets.len() >= MOST {
                return false;
            }
        }
        let bucket = buckets.entry(network_of(address)).or_insert(Bucket { left: full, at: now });
        *bucket = Bucket { left: refill(*bucket), at: now };
        if bucket.left < MINUTE {
            return false;
        }
        bucket.left -= MINUTE;
        true
    }
}

/// One household has a whole /64 of IPv6.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}
