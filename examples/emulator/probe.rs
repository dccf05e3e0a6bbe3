//! Queries about the emulator and the parts of its machine. libvirt sends most of them to an emulator without a machine, to find out
//! its capabilities. This one has few, and most lists are empty.

use qmp_types::{Error, Result, Value};

use crate::Emulator;
use crate::qmp::{
    ChardevInfo, CommandLineOptionInfo, CpuInfoFast, IoThreadInfo, JobInfo, KvmInfo, MachineInfo, ObjectPropertyInfo,
    ObjectTypeInfo, SysEmuTarget, TargetInfo, TpmModel,
};

#[qmp_types::handlers(crate::qmp)]
impl Emulator {
    #[qmp_command]
    fn query_target(&self) -> TargetInfo {
        TargetInfo::new(SysEmuTarget::X86_64)
    }

    #[qmp_command]
    fn query_kvm(&self) -> KvmInfo {
        KvmInfo::new(false, false)
    }

    /// Managers look up the machine type that a domain asks for. Of this one, they know that it has no PCI bus.
    #[qmp_command]
    fn query_machines(&self) -> Vec<MachineInfo> {
        let machine = MachineInfo::new("isapc", 1, false, false, false, false);
        vec![MachineInfo { is_default: Some(true), ..machine }]
    }

    /// That there is a `tcg-accel` lets a manager start machines without KVM.
    #[qmp_command]
    fn qom_list_types(&self, _implements: Option<String>, _abstract: Option<bool>) -> Vec<ObjectTypeInfo> {
        vec![ObjectTypeInfo::new("tcg-accel")]
    }

    #[qmp_command]
    fn device_list_properties(&self, typename: String) -> Result<Vec<ObjectPropertyInfo>> {
        Err(Error::device_not_found(typename))
    }

    #[qmp_command]
    fn qom_list_properties(&self, _typename: String) -> Vec<ObjectPropertyInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_command_line_options(&self, _option: Option<String>) -> Vec<CommandLineOptionInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_tpm_models(&self) -> Vec<TpmModel> {
        Vec::new()
    }

    #[qmp_command]
    fn qom_list(&self, _path: String) -> Vec<ObjectPropertyInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn qom_set(&self, path: String, _property: String, _value: Value) -> Result<()> {
        Err(Error::device_not_found(path))
    }

    #[qmp_command]
    fn query_cpus_fast(&self) -> Vec<CpuInfoFast> {
        Vec::new()
    }

    #[qmp_command]
    fn query_iothreads(&self) -> Vec<IoThreadInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_chardev(&self) -> Vec<ChardevInfo> {
        Vec::new()
    }

    #[qmp_command]
    fn query_jobs(&self) -> Vec<JobInfo> {
        Vec::new()
    }
}
