//! The table that is printed, row by row as the figures come.

use std::io::{self, Write};
use std::process::ExitCode;

/// One figure: ours, the peer's, and what their ratio should be.
#[derive(Debug)]
pub struct Row {
    pub what: String,
    pub unit: Unit,
    pub ours: f64,
    pub against: String,
    pub theirs: f64,
    pub target: Target,
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Kibibytes,
    Megabytes,
    MegabytesPerSecond,
    /// A number of things, possibly an average.
    Count,
}

/// The bound for `ours / theirs`.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// The figure is printed for comparison.
    None,
}

/// Prints rows.
#[derive(Debug)]
pub struct Report {
    targets: usize,
    met: usize,
}

impl Report {
    /// Prints the head of the table.
    pub fn begin() -> Self {
        println!("| what | ours | against | ratio | target | met |");
        println!("| --- | ---: | --- | ---: | ---: | --- |");
        Self { targets: 0, met: 0 }
    }

    /// Prints a row.
    pub fn row(&mut self, row: &Row) {
        let Row { what, unit, against, target, .. } = row;
        // None against none is as good.
        let ratio = if row.ours == row.theirs { 1.0 } else { row.ours / row.theirs };
        let (bound, met) = match *target {
            Target::AtMost(bound) => (format!("≤ {bound}"), Some(ratio <= bound)),
            Target::AtLeast(bound) => (format!("≥ {bound}"), Some(ratio >= bound)),
            Target::None => (String::new(), None),
        };
        let verdict = met.map_or("", |met| if met { "yes" } else { "**no**" });
        let (ours, theirs) = (unit.show(row.ours), unit.show(row.theirs));
        println!("| {what} | {ours} | {against}: {theirs} | {ratio:.3} | {bound} | {verdict} |");
        // Groups take minutes, so rows are flushed as they come, even to a pipe.
        let _ = io::stdout().flush();
        self.targets += usize::from(met.is_some());
        self.met += usize::from(met == Some(true));
    }

    /// Prints how many targets are met. A missed target is no failure.
    pub fn end(self) -> ExitCode {
        println!("\n{} of {} targets met.", self.met, self.targets);
        ExitCode::SUCCESS
    }
}

impl Unit {
    fn show(self, value: f64) -> String {
        let (digits, unit) = match self {
            Self::Count if value < 100.0 => return format!("{value:.1}"),
            Self::Count => return format!("{value:.0}"),
            Self::Seconds => (2, "s"),
            Self::Milliseconds => (1, "ms"),
            Self::Microseconds => (2, "us"),
            Self::Nanoseconds => (0, "ns"),
            Self::Kibibytes => (1, "KiB"),
            Self::Megabytes => (2, "MB"),
            Self::MegabytesPerSecond => (0, "MB/s"),
        };
        format!("{value:.digits$} {unit}")
    }
}
