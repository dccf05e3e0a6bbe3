//! The part of a wait that is the same in both twins.

/// Completes the message of a wait that has the time limit of its client, which is for single calls.
pub(super) const CLIENT_LIMIT: &str = "; help: this is the client's limit, set one with `timeout` of the wait";

/// Defines `struct Wait` and the functions that create one, for the `Client`, `EventStream` and `WeakClient` that are in
/// scope.
macro_rules! waits {
    ($($wait_docs:literal)* ; $timeout_docs:literal) => {
        $(#[doc = $wait_docs])*
        #[must_use = "an outcome has to be waited for"]
        pub struct Wait<P: Procedure> {
            procedure: P,
            events: EventStream<OtherEvent>,
            vm: WeakClient,
            limit: Option<Duration>,
            /// What a timeout's message adds if the limit is the client's.
            limit_hint: &'static str,
        }

        /// Waits until a device is deleted: create it before `device_del` of this id or QOM path. See [`DeviceDeletion`].
        pub fn device_deleted(vm: &Client, device: &str) -> Wait<DeviceDeletion> {
            Wait::new(vm, DeviceDeletion::new(device))
        }

        /// Waits until a job is concluded: create it before the command that starts the job of this id. See
        /// [`JobConclusion`].
        pub fn job_concluded(vm: &Client, job: &str) -> Wait<JobConclusion> {
            Wait::new(vm, JobConclusion::new(job))
        }

        /// Waits until a migration has finished, at its source or its destination: create it before `migrate`, and wait
        /// after it. See [`MigrationEnd`].
        pub fn migration_finished(vm: &Client) -> Wait<MigrationEnd> {
            Wait::new(vm, MigrationEnd::new())
        }

        /// Waits until the machine has shut down: create it before a command such as `system_powerdown`. See
        /// [`GuestShutdown`].
        pub fn guest_shut_down(vm: &Client) -> Wait<GuestShutdown> {
            Wait::new(vm, GuestShutdown::new())
        }

        impl<P: Procedure> Wait<P> {
            fn new(vm: &Client, procedure: P) -> Self {
                let events = vm.events().named(procedure.names().iter().copied()).only(procedure.filter());
                let (vm, limit) = vm.downgrade();
                Self { procedure, events, vm, limit, limit_hint: CLIENT_LIMIT }
            }

            #[doc = $timeout_docs]
            /// Default: the client's [time limit](Client::timeout), which may be too short for jobs and migrations;
            /// [`Duration::MAX`] is no limit.
            pub fn timeout(mut self, limit: Duration) -> Self {
                self.limit = Some(limit);
                self.limit_hint = "";
                self
            }

            /// Returns the error for a wait that has taken as long as its limit.
            fn timed_out(&self, limit: Duration) -> Error {
                let (what, hint) = (self.procedure.description(), self.procedure.hint());
                Error::timed_out(format!("{what}: not within {limit:?}{hint}{}", self.limit_hint))
            }
        }

        impl Wait<JobConclusion> {
            /// Dismisses the job after it is concluded (`job-dismiss`), which jobs need that QEMU does not dismiss by
            /// itself.
            pub fn dismiss(mut self) -> Self {
                self.procedure.dismiss();
                self
            }
        }

        impl<P: Procedure> fmt::Debug for Wait<P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Wait")
                    .field("for", &self.procedure.description())
                    .field("timeout", &self.limit)
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(super) use waits;
