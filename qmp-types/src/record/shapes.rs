//! The shapes of generated types. A shape implements [`Field`] for all types of that shape.

use std::fmt::Debug;
use std::hash::{Hash, Hasher};

use serde_json::{Map, Value};

use super::{Branches, Enumeration, Field, Generated, ReadError, Reader, Record, Visitor, Writer};

/// The implementation of [`Field`] for the types `T` of a shape.
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

/// The shape of structs, and of unions, whose discriminator is one of the members.
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
        value.visit(&mut HashFeeder(hasher));
    }
}

/// The shape of enumerations.
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

/// The shape of union discriminators. They are read and written without their branch, whose members are those of the union.
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
        value.visit_branch(&mut HashFeeder(hasher));
    }
}

/// The shape of boxes, which hold recursive types.
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

/// Feeds the visited members to a hasher.
struct HashFeeder<'a>(&'a mut dyn Hasher);

impl Visitor for HashFeeder<'_> {
    fn member<const N: usize, T: Field + Debug>(&mut self, _: &'static [u8; N], value: &T) {
        value.feed(self.0);
    }

    /// Does nothing: the discriminator is a member and feeds its branch itself.
    fn branch<T: Branches>(&mut self, _: &T) {}

    fn extra(&mut self, members: &Map<String, Value>) {
        members.hash(&mut self.0);
    }
}
