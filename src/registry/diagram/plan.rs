//! Where the nodes and arcs of the diagram are, lying in a row or standing in a column.
//!
//! Both are the same drawing: positions along the nodes and away from them, turned into x and y at the very end. Moves
//! forward run above the row (right of the column), moves back below it (left of it); the farther, the wider the arc.

use registry::Stage;

/// The measures of one of the two drawings, in the units of its view box.
pub struct Plan {
    /// Whether the nodes stand in a column.
    pub upright: bool,
    /// Width and height of a node.
    pub node: (i32, i32),
    /// From the middle of a node to the middle of the next.
    step: i32,
    /// Half a node along the drawing, and half of one across it.
    half: (i32, i32),
    /// How far from the middle of a node the arcs of one, two and three steps leave and arrive.
    ports: [i32; 3],
    /// How far from the nodes these arcs go.
    reach: [i32; 3],
    /// What is left free beyond the widest arc.
    margin: i32,
}

/// The nodes in a row: for wide places.
pub const ROW: Plan = Plan {
    upright: false,
    node: (176, 68),
    step: 224,
    half: (88, 34),
    ports: [74, 36, 14],
    reach: [38, 88, 132],
    margin: 28,
};

/// The nodes in a column: for narrow places.
pub const COLUMN: Plan = Plan {
    upright: true,
    node: (168, 60),
    step: 102,
    half: (30, 84),
    ports: [21, 13, 5],
    reach: [26, 46, 64],
    margin: 8,
};

/// An arc as it is drawn.
#[derive(Debug)]
pub struct Arc {
    pub line: String,
    /// The head of the arrow.
    pub head: String,
    /// Where its name stands in the row: the middle of the text, on its base line.
    pub name: (i32, i32),
}

impl Plan {
    /// What is needed above and below the middle of the row, where a move back goes at most so many steps.
    const fn room(&self, back: usize) -> (i32, i32) {
        let [one, two, three] = self.reach;
        let below = match back {
            0 | 1 => one,
            2 => two,
            _ => three,
        };
        (
            self.half.1 + three + self.margin,
            self.half.1 + below + self.margin,
        )
    }

    /// The size of the drawing.
    pub const fn size(&self, back: usize) -> (i32, i32) {
        let along = self.step * 3 + self.half.0 * 2 + 8;
        let (forth, back) = self.room(if self.upright { 3 } else { back });
        if self.upright {
            (forth + back, along)
        } else {
            (along, forth + back)
        }
    }

    /// A point so far along the nodes and so far away from their middle, on the side of the moves forward.
    const fn point(&self, along: i32, away: i32) -> (i32, i32) {
        let middle = self.room(0).0;
        if self.upright {
            (middle + away, along)
        } else {
            (along, middle - away)
        }
    }

    const fn along(&self, stage: Stage) -> i32 {
        4 + self.half.0 + self.step * stage.index() as i32
    }

    /// The middle of a node.
    pub const fn middle(&self, stage: Stage) -> (i32, i32) {
        self.point(self.along(stage), 0)
    }

    /// The arc of a move.
    pub fn arc(&self, from: Stage, to: Stage) -> Arc {
        let far = from.index().abs_diff(to.index()).saturating_sub(1);
        let port = self.ports.get(far).copied().unwrap_or_default();
        let reach = self.reach.get(far).copied().unwrap_or_default();
        // Forward is to the right, and above; back is to the left, and below.
        let way = if from.index() < to.index() { 1 } else { -1 };
        let (start, end) = (self.along(from) + way * port, self.along(to) - way * port);
        let at = |along: i32, away: i32| {
            let (x, y) = self.point(along, way * (self.half.1 + away));
            format!("{x} {y}")
        };
        // A curve with both handles so far out has its top at three quarters of that.
        let handle = reach * 4 / 3;
        let (x, y) = self.point(
            i32::midpoint(start, end),
            way * (self.half.1 + reach + 8) - if way < 0 { 12 } else { 0 },
        );
        Arc {
            line: format!(
                "M{}C{} {} {}",
                at(start, 0),
                at(start, handle),
                at(end, handle),
                at(end, 4)
            ),
            head: format!("M{}L{}L{}", at(end - 6, 12), at(end, 2), at(end + 6, 12)),
            name: (x, y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_inside_the_drawing() {
        for (plan, back) in [(&ROW, 3), (&COLUMN, 3), (&ROW, 2)] {
            let (width, height) = plan.size(back);
            let inside = |(x, y): (i32, i32)| (0..=width).contains(&x) && (0..=height).contains(&y);
            for from in Stage::ALL {
                let (x, y) = plan.middle(from);
                let (half_width, half_height) = (plan.node.0 / 2, plan.node.1 / 2);
                assert!(inside((x - half_width, y - half_height)), "{from}");
                assert!(inside((x + half_width, y + half_height)), "{from}");
                let reachable = |to: &Stage| from.index() <= to.index() + back && *to != from;
                for to in Stage::ALL.into_iter().filter(reachable) {
                    // In the column the arcs have no names: there is no room for them.
                    let name = plan.arc(from, to).name;
                    assert!(plan.upright || inside(name), "{from} to {to}");
                }
            }
        }
    }

    #[test]
    fn moves_forward_run_above_the_row_and_moves_back_below_it() {
        let middle = ROW.middle(Stage::None).1;
        let forward = ROW.arc(Stage::None, Stage::Archived);
        let back = ROW.arc(Stage::Archived, Stage::None);
        assert!(forward.name.1 < middle && back.name.1 > middle);
        assert_eq!(forward.name.0, back.name.0);
        assert_eq!(
            ROW.arc(Stage::None, Stage::Staging).head,
            "M236 148L242 158L248 148"
        );
    }
}
