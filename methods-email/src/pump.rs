//! A future that is driven by events: there is no runtime in the sandbox.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// A future that wakes itself is polled again at once, but not for ever: the next event comes within a quarter second.
const MOST_POLLS: u8 = 64;

/// One future and whether it wants to be polled again by itself.
pub(crate) struct Pump<T> {
    future: Pin<Box<dyn Future<Output = T>>>,
    woken: Arc<Woken>,
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<T> Pump<T> {
    pub(crate) fn new(future: impl Future<Output = T> + 'static) -> Pump<T> {
        Pump { future: Box::pin(future), woken: Arc::default() }
    }

    /// Goes on as far as it goes without waiting. After `Some` the pump is to be dropped.
    pub(crate) fn turn(&mut self) -> Option<T> {
        let waker = Waker::from(Arc::clone(&self.woken));
        let mut context = Context::from_waker(&waker);
        for _ in 0..MOST_POLLS {
            self.woken.0.store(false, Ordering::Relaxed);
            match self.future.as_mut().poll(&mut context) {
                Poll::Ready(done) => return Some(done),
                Poll::Pending if self.woken.0.load(Ordering::Relaxed) => {}
                Poll::Pending => break,
            }
        }
        None
    }
}

impl<T> fmt::Debug for Pump<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pump")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_that_wakes_itself_goes_on_and_one_that_never_ends_gives_the_turn_back() {
        let mut left = 3;
        let mut pump = Pump::new(std::future::poll_fn(move |context| {
            if left == 0 {
                return Poll::Ready("there");
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }));
        assert_eq!(pump.turn(), Some("there"));
        let mut restless = Pump::new(std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            Poll::<()>::Pending
        }));
        assert_eq!(restless.turn(), None);
    }
}
