//! Empty: the packages that this one names are downloaded, never compiled.
