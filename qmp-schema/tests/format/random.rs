//! Random files: well-formed, with white space and comments wherever they may stand.

use fastrand::Rng;

/// Writes random files.
pub(crate) struct Random {
    rng: Rng,
    text: String,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), text: String::new() }
    }

    pub(crate) fn file(&mut self) -> String {
        for _ in 0..self.rng.usize(0..5) {
            self.space();
            match self.rng.u8(0..5) {
                0 => self.text += "\n##\n# text\n#  more\n##\n",
                _ => self.object(3),
            }
        }
        self.space();
        std::mem::take(&mut self.text)
    }

    fn value(&mut self, depth: usize) {
        match self.rng.u8(0..8) {
            0 => self.text += "true",
            1..=2 if depth > 0 => self.object(depth - 1),
            3..=4 if depth > 0 => self.list(depth - 1),
            _ => self.string(),
        }
    }

    fn object(&mut self, depth: usize) {
        self.text.push('{');
        for index in 0..self.length() {
            self.text.push_str(if index > 0 { "," } else { "" });
            self.space();
            self.text += &format!("'{index}{}'", "k".repeat(self.rng.usize(0..20)));
            self.space();
            self.text.push(':');
            self.space();
            self.value(depth);
            self.space();
        }
        self.space();
        self.text.push('}');
    }

    fn list(&mut self, depth: usize) {
        self.text.push('[');
        for index in 0..self.length() {
            self.text.push_str(if index > 0 { "," } else { "" });
            self.space();
            self.value(depth);
            self.space();
        }
        self.space();
        self.text.push(']');
    }

    /// Few as a rule, sometimes enough for several lines.
    fn length(&mut self) -> usize {
        if self.rng.u8(0..6) == 0 { self.rng.usize(0..20) } else { self.rng.usize(0..4) }
    }

    fn string(&mut self) {
        let length = self.rng.usize(0..30);
        let choice = ["#", "a", "-", "{", "\\\\", " ", "]"];
        let text: String = (0..length).map(|_| self.rng.choice(choice).unwrap_or_default()).collect();
        self.text += &format!("'{text}'");
    }

    fn space(&mut self) {
        for _ in 0..self.rng.usize(0..3) {
            match self.rng.u8(0..12) {
                0 => self.text += &format!("# {}\n", "c ".repeat(self.rng.usize(0..25))),
                1 => self.text += "\n",
                2 => self.text += "\n\n",
                3 => self.text += "\t",
                _ => self.text += " ",
            }
        }
    }
}
