//! Strongly connected components of a graph: which nodes lie on a common cycle.

/// A node that is in no component yet.
const NONE: usize = usize::MAX;

/// Returns the component of each node (Kosaraju's algorithm, without recursion: schemas may be deep). A node without an edge
/// to itself or back is a component of its own.
pub(super) fn components(edges: &[(usize, usize)]) -> impl Fn(usize) -> usize {
    let nodes = edges.iter().map(|&(from, to)| from.max(to) + 1).max().unwrap_or(0);
    let (mut forward, mut backward) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
    for &(from, to) in edges {
        forward[from].push(to);
        backward[to].push(from);
    }
    let mut component = vec![NONE; nodes];
    for root in finished(&forward).into_iter().rev() {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if component[node] == NONE {
                component[node] = root;
                open.extend(&backward[node]);
            }
        }
    }
    move |node| component[node]
}

/// All nodes, in the order in which a depth-first search leaves them.
fn finished(successors: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; successors.len()];
    let mut order = Vec::with_capacity(successors.len());
    for root in 0..successors.len() {
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            if *next == 0 && std::mem::replace(&mut seen[*node], true) {
                path.pop();
                continue;
            }
            match successors[*node].get(*next) {
                Some(&successor) => {
                    *next += 1;
                    path.push((successor, 0));
                }
                None => {
                    order.push(*node);
                    path.pop();
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_components() {
        let component = components(&[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 4), (5, 0)]);
        assert_eq!(component(0), component(1));
        assert_eq!(component(0), component(2));
        assert_ne!(component(0), component(3));
        assert_ne!(component(3), component(4));
        assert_ne!(component(5), component(0));
    }
}
