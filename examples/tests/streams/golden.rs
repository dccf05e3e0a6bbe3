//! The golden file: for each case, the answers of each server. Servers with the same answers stand together.
//!
//! ```text
//! == dialect: a keyword that is none
//! 7.2 newest ours
//!     {"error":{"class":"GenericError","desc":"JSON parse error, invalid keyword 'nil'"}}
//!     3 * {"return":{}}
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{fmt, fs};

/// The answers to all cases, by name.
#[derive(Default)]
pub(crate) struct Golden(BTreeMap<String, Answers>);

/// The answers to one case, by server.
#[derive(Default)]
pub(crate) struct Answers(pub(crate) BTreeMap<String, Vec<String>>);

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/streams/golden.txt")
}

impl Golden {
    pub(crate) fn read() -> Self {
        let mut golden = Self::default();
        let (mut name, mut servers) = (String::new(), Vec::new());
        for line in fs::read_to_string(path()).unwrap_or_default().lines() {
            let answers = golden.0.entry(name.clone()).or_default();
            if let Some(title) = line.strip_prefix("== ") {
                name = title.to_owned();
            } else if let Some(answer) = line.strip_prefix("    ") {
                let (count, answer) = repeated(answer);
                for server in &servers {
                    answers.0.get_mut(server).expect("servers").extend(std::iter::repeat_n(answer.to_owned(), count));
                }
            } else {
                servers = line.split(' ').map(str::to_owned).collect();
                answers.0.extend(servers.iter().map(|server| (server.clone(), Vec::new())));
            }
        }
        golden.0.remove("");
        golden
    }

    pub(crate) fn write(&self) {
        let text: String = self.0.iter().map(|(name, answers)| format!("== {name}\n{answers}")).collect();
        fs::write(path(), text).unwrap();
    }

    pub(crate) fn insert(&mut self, name: String, answers: Answers) {
        self.0.insert(name, answers);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Answers> {
        self.0.get(name)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl FromIterator<(String, Vec<String>)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(answers: I) -> Self {
        Self(answers.into_iter().collect())
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut together: Vec<(&Vec<String>, Vec<&str>)> = Vec::new();
        for (server, answers) in &self.0 {
            match together.iter_mut().find(|(known, _)| *known == answers) {
                Some((_, servers)) => servers.push(server),
                None => together.push((answers, vec![server])),
            }
        }
        for (answers, servers) in together {
            writeln!(f, "{}", servers.join(" "))?;
            for run in answers.chunk_by(|answer, next| answer == next) {
                match run {
                    [answer] => writeln!(f, "    {answer}")?,
                    _ => writeln!(f, "    {} * {}", run.len(), run[0])?,
                }
            }
        }
        Ok(())
    }
}

/// How often an answer comes in a row, and the answer.
fn repeated(line: &str) -> (usize, &str) {
    let counted = line.split_once(" * ").and_then(|(count, answer)| Some((count.parse().ok()?, answer)));
    counted.unwrap_or((1, line))
}
