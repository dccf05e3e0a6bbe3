//! The shapes of generated types: what is the same for all types of a shape.

use std::fmt::Debug;
use std::hash::{Hash, Hasher};

use serde_json::{Map, Value};

use super::{Branches, Enumeration, Field, Generated, ReadError, Reader, Record, Visitor, Writer};

/// What [`Field`] is for a type of a shape.
pub trait Shape<T> {
    /// See [`Field::read`].
    fn read(value: &mut T, reader: &mut Reader<'_>) -> Result<(), ReadError>;
    /// See [`Field::write`].
    fn write(value: &T, writer: &mut Writer);
    /// See [`Field::feed`].
    fn feed(value: &T, hasher: &mut dyn Hasher);
}

impl<T: Generated> Field for T {
    fn blank() -> Self {
        <Self as Generated>::blank()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        T::Shape::read(self, reader)
    }

    fn write(&self, writer: &mut Writer) {
        T::Shape::write(self, writer);
    }

    fn feed(&self, hasher: &mut dyn Hasher) {
        T::Shape::feed(self, hasher);
    }
}

/// A struct, or a union with its discriminator among the members.
#[derive(Debug)]
pub struct Struct;

impl<T: Record> Shape<T> for Struct {
    fn read(value: &mut T, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.record(value)
    }

    fn write(value: &T, writer: &mut Writer) {
        writer.record(value);
    }

    fn feed(value: &T, hasher: &mut dyn Hasher) {
        value.visit(&mut Fed(hasher));
    }
}

/// An enumeration.
#[derive(Debug)]
pub struct Enum;

impl<T: Enumeration> Shape<T> for Enum {
    fn read(value: &mut T, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.enumeration(value)
    }

    fn write(value: &T, writer: &mut Writer) {
        writer.enumeration(value);
    }

    fn feed(value: &T, mut hasher: &mut dyn Hasher) {
        value.text().hash(&mut hasher);
    }
}

/// A union's discriminator. It is read and written without its branch, whose members are the union's.
#[derive(Debug)]
pub struct Tag;

impl<T: Branches> Shape<T> for Tag {
    fn read(value: &mut T, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.enumeration(value)
    }

    fn write(value: &T, writer: &mut Writer) {
        writer.enumeration(value);
    }

    fn feed(value: &T, mut hasher: &mut dyn Hasher) {
        value.text().hash(&mut hasher);
        value.visit_branch(&mut Fed(hasher));
    }
}

/// A box, in which a recursive type is.
#[derive(Debug)]
pub struct Boxed;

impl<T: Field> Generated for Box<T> {
    type Shape = Boxed;

    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Field> Shape<Box<T>> for Boxed {
    fn read(value: &mut Box<T>, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        (**value).read(reader)
    }

    fn write(value: &Box<T>, writer: &mut Writer) {
        (**value).write(writer);
    }

    fn feed(value: &Box<T>, hasher: &mut dyn Hasher) {
        (**value).feed(hasher);
    }
}

/// Feeds members to a hasher.
struct Fed<'a>(&'a mut dyn Hasher);

impl Visitor for Fed<'_> {
    fn member<const N: usize, T: Field + Debug>(&mut self, _: &'static [u8; N], value: &T) {
        value.feed(self.0);
    }

    /// The discriminator, which is a member, feeds its branch itself.
    fn branch<T: Branches>(&mut self, _: &T) {}

    fn extra(&mut self, members: &Map<String, Value>) {
        members.hash(&mut self.0);
    }
}
