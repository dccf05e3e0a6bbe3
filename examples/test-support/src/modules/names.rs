//! The modules of a crate, and the paths by which they name each other's items.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemFn, ItemMod, ItemUse, UseTree};

use super::graph::Graph;

/// A path, as its segments.
type Names = Vec<String>;

/// A crate's modules, by their paths from the root.
pub(super) struct Crate {
    modules: BTreeMap<Names, Module>,
}

struct Module {
    file: String,
    /// Names that the module imports or re-exports, and their paths.
    imports: BTreeMap<String, Names>,
    /// All paths that the module's code contains.
    paths: Vec<Names>,
}

impl Crate {
    /// Reads all files under a crate's `src` folder.
    pub(super) fn read(src: &Path) -> Self {
        let mut sources = Vec::new();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(src).expect("a file under src").to_str().expect("a name in UTF-8");
                    sources.push((name.to_owned(), fs::read_to_string(&path).expect("a text")));
                }
            }
        }
        let sources: Vec<_> = sources.iter().map(|(name, text)| (&**name, &**text)).collect();
        Self::of(&sources)
    }

    /// Parses a crate of these files: names relative to `src`, and texts.
    pub(super) fn of(sources: &[(&str, &str)]) -> Self {
        let mut modules = BTreeMap::new();
        for (file, text) in sources.iter().filter(|(file, _)| file.ends_with(".rs")) {
            let stem = file.trim_end_matches(".rs");
            let module: Names = if matches!(stem, "lib" | "main") {
                Names::new()
            } else {
                stem.split('/').map(str::to_owned).collect()
            };
            let syntax: File = syn::parse_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            add(&mut modules, module, file, &syntax.items);
        }
        Self { modules }
    }

    /// Returns the files that each file depends on, except for its ancestors.
    pub(super) fn dependencies(&self) -> Graph {
        let mut graph = Graph::new();
        for (name, module) in &self.modules {
            let defined = module.paths.iter().filter_map(|path| self.definition(name, path, 0));
            let others = defined.filter(|other| !name.starts_with(other));
            let files = others.map(|other| self.modules[&other].file.clone()).filter(|file| *file != module.file);
            graph.entry(module.file.clone()).or_default().extend(files);
        }
        graph
    }

    /// Returns the module that defines the item which `path` names in `module`; `None` if the path leads out of the crate.
    fn definition(&self, module: &[String], path: &[String], depth: usize) -> Option<Names> {
        assert!(depth < 100, "{path:?} in {module:?} is re-exported in a circle");
        let mut current = module.to_owned();
        for (index, segment) in path.iter().enumerate() {
            let mut child = current.clone();
            child.push(segment.clone());
            match &**segment {
                "crate" => current.clear(),
                "self" => {}
                "super" => _ = current.pop(),
                _ if self.modules.contains_key(&child) => current = child,
                name => {
                    let Some(import) = self.modules[&current].imports.get(name) else {
                        // Without a prefix it may be a local name, or another crate's.
                        return (index > 0).then_some(current);
                    };
                    if import[0] == name {
                        // Another crate, with an item of its own name.
                        return None;
                    }
                    let rest = [&**import, &path[index + 1..]].concat();
                    return self.definition(&current, &rest, depth + 1);
                }
            }
        }
        Some(current)
    }
}

fn add(modules: &mut BTreeMap<Names, Module>, name: Names, file: &str, items: &[Item]) {
    let mut module = Module { file: file.to_owned(), imports: BTreeMap::new(), paths: Vec::new() };
    for item in items {
        match item {
            Item::Mod(inline) if !is_test(&inline.attrs) => {
                if let Some((_, items)) = &inline.content {
                    let mut inner = name.clone();
                    inner.push(inline.ident.to_string());
                    add(modules, inner, file, items);
                }
            }
            item => module.visit_item(item),
        }
    }
    modules.insert(name, module);
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&item.tree, &Names::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }
}

impl Module {
    /// Adds the imports of a `use` tree.
    fn import(&mut self, tree: &UseTree, prefix: &[String]) {
        let joined = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &joined(&path.ident)),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, prefix)),
            UseTree::Name(name) if name.ident == "self" => {
                self.add_import(&prefix[prefix.len() - 1], prefix.to_owned())
            }
            UseTree::Name(name) => self.add_import(&name.ident.to_string(), joined(&name.ident)),
            UseTree::Rename(rename) => self.add_import(&rename.rename.to_string(), joined(&rename.ident)),
            UseTree::Glob(_) => self.paths.push(prefix.to_owned()),
        }
    }

    fn add_import(&mut self, name: &str, path: Names) {
        self.paths.push(path.clone());
        self.imports.insert(name.to_owned(), path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}
