//! When a request is sent: at once, or together with those of other tasks.

/// Decides whether a request is sent at once.
///
/// A lone call is sent at once. In a burst, where several tasks call before any of them reads a reply, requests are sent
/// together, once all tasks that can run have been polled.
#[derive(Debug, Default)]
pub(super) struct Bursts {
    /// The number of requests since the last [`flush`](Self::flush).
    unsent: usize,
    /// The number of requests that were sent since bytes were received.
    sent: usize,
    /// Several requests were sent together the last time.
    ongoing: bool,
}

impl Bursts {
    /// Notes a request. Returns whether it is to be sent later.
    pub(super) fn request(&mut self) -> bool {
        self.unsent += 1;
        self.ongoing || self.unsent + self.sent > 1
    }

    /// Notes that all requests are sent.
    pub(super) fn flush(&mut self) {
        if self.unsent > 0 {
            self.ongoing = self.unsent > 1;
            self.sent += self.unsent;
            self.unsent = 0;
        }
    }

    /// Notes that bytes were received.
    pub(super) fn received(&mut self) {
        self.sent = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_calls_are_sent_at_once_and_bursts_together() {
        let mut bursts = Bursts::default();
        for _ in 0..3 {
            assert!(!bursts.request());
            bursts.flush();
            bursts.received();
        }
        // The first request of the first burst cannot be told from a lone call.
        assert_eq!([(); 3].map(|()| bursts.request()), [false, true, true]);
        bursts.flush();
        bursts.received();
        assert_eq!([(); 3].map(|()| bursts.request()), [true, true, true]);
        bursts.flush();
        bursts.received();
        // The first lone call cannot be told from the start of a burst.
        for is_postponed in [true, false, false] {
            assert_eq!(bursts.request(), is_postponed);
            bursts.flush();
            bursts.received();
        }
    }
}
