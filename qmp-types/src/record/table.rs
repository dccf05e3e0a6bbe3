//! What an object looks like: names and rules of its members.

/// The static description of a generated object type.
#[derive(Debug)]
pub struct Table {
    /// The name in the schema.
    pub name: &'static str,
    /// The members, base first, in schema order; a union's branches have tables of their own.
    pub members: &'static [Member],
    /// Index of the discriminator among the members, for unions.
    pub tag: Option<usize>,
}

impl Table {
    /// The index of the member of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let signature = signature(name.as_bytes(), 0, name.len());
        self.members.iter().position(|member| member.signature == signature && member.name() == name)
    }
}

/// The static description of a member.
#[derive(Debug)]
pub struct Member {
    /// The key as the writer puts it behind another member: `, "name": `.
    pub key: &'static str,
    /// Length, first, middle and last byte of the name: what the reader compares first.
    pub signature: u32,
    /// Whether the member may be absent.
    pub optional: bool,
    /// Whether the schema marks the member `deprecated`.
    pub deprecated: bool,
    /// Whether the schema marks the member `unstable`.
    pub unstable: bool,
}

impl Member {
    /// A member that must be there; `key` is `, "name": `.
    #[must_use]
    pub const fn required(key: &'static str) -> Self {
        let signature = signature(key.as_bytes(), 3, key.len() - 3);
        Self { key, signature, optional: false, deprecated: false, unstable: false }
    }

    /// A member that may be absent; `key` is `, "name": `.
    #[must_use]
    pub const fn optional(key: &'static str) -> Self {
        Self { optional: true, ..Self::required(key) }
    }

    /// The member, marked `deprecated`.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// The member, marked `unstable`.
    #[must_use]
    pub const fn unstable(self) -> Self {
        Self { unstable: true, ..self }
    }

    /// The name in the schema.
    #[must_use]
    pub fn name(&self) -> &'static str {
        &self.key[3..self.key.len() - 3]
    }

    /// The key in its quotes, as it nearly always stands in the text.
    #[inline]
    pub(super) fn quoted(&self) -> &'static [u8] {
        &self.key.as_bytes()[2..self.key.len() - 2]
    }
}

/// The signature of the name in `bytes[start..end]`.
pub(super) const fn signature(bytes: &[u8], start: usize, end: usize) -> u32 {
    let len = end - start;
    if len == 0 {
        return 0;
    }
    u32::from_be_bytes([len as u8, bytes[start], bytes[start + len / 2], bytes[end - 1]])
}
