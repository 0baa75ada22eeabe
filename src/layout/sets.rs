//! Things that belong together, found pair by pair.

/// Union–find over `0..n`.
pub(super) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    pub fn new(n: usize) -> Sets {
        Sets { parent: (0..n).collect() }
    }

    pub fn find(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            self.parent[a.max(b)] = a.min(b);
        }
    }
}
