//! `qmp completions`: prints shell completions.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::{Verdict, output};

/// Print a completion script for a shell
#[derive(Args)]
#[command(after_help = "\
Examples:
  qmp completions bash > ~/.local/share/bash-completion/completions/qmp
  qmp completions zsh > ~/.zfunc/_qmp
  qmp completions fish > ~/.config/fish/completions/qmp.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run<Cli: CommandFactory>(&self) -> Result<Verdict, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "qmp", &mut script);
        output::print(&String::from_utf8_lossy(&script))?;
        Ok(Verdict::Fine)
    }
}
