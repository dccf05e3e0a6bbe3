//! Processors.

use std::collections::HashMap;

use super::qmp::DeviceAddArgs;
use super::{Monitor, Result};

impl Monitor {
    /// Plugs in at most `count` processors, and returns how many there were sockets for.
    ///
    /// # Errors
    /// As for any call.
    pub fn hotplug_vcpus(&self, count: usize) -> Result<usize> {
        let mut plugged = 0;
        for cpu in self.vm.query_hotpluggable_cpus()? {
            let (None, Some(core)) = (&cpu.qom_path, cpu.props.core_id) else { continue };
            if plugged == count {
                break;
            }
            let device = DeviceAddArgs::new(&cpu.type_).id(vcpu_id(core)).property("core-id", core);
            self.vm.device_add(match is_flat_topology(&cpu.type_) {
                true => device,
                false => device.property("socket-id", cpu.props.socket_id).property("thread-id", cpu.props.thread_id),
            })?;
            plugged += 1;
        }
        Ok(plugged)
    }

    /// Asks the guest to release at most `count` processors, and returns how many it was asked for.
    ///
    /// # Errors
    /// As for any call.
    pub fn hotunplug_vcpus(&self, count: usize) -> Result<usize> {
        let cpus = self.vm.query_hotpluggable_cpus()?;
        let plugged = cpus.iter().filter(|cpu| cpu.qom_path.as_deref().is_some_and(is_plugged_here));
        let cores: Vec<i64> = plugged.filter_map(|cpu| cpu.props.core_id).take(count).collect();
        for core in &cores {
            self.vm.device_del(vcpu_id(*core))?;
        }
        Ok(cores.len())
    }

    /// Returns the host's thread of each processor.
    ///
    /// # Errors
    /// As for any call.
    pub fn vcpu_thread_ids(&self) -> Result<HashMap<i64, i64>> {
        Ok(self.vm.query_cpus_fast()?.into_iter().map(|cpu| (cpu.cpu_index, cpu.thread_id)).collect())
    }
}

fn vcpu_id(core: i64) -> String {
    format!("cpu-{core}")
}

/// Returns whether `hotplug_vcpus` has plugged the processor in. The others have no id, and cannot be removed.
fn is_plugged_here(qom_path: &str) -> bool {
    qom_path.starts_with("/machine/peripheral/cpu-")
}

/// Returns whether processors of this model are numbered by core alone.
fn is_flat_topology(model: &str) -> bool {
    matches!(model, "host-s390x-cpu" | "host-powerpc64-cpu")
}
