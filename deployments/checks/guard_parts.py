"""A part of a function that keeps one rule: one call, one refusal, or the change of one field.

`mark_met(ClockId.K2)` is each call of `mark_met` with that argument, `AnswerRefused("told_on")` the
refusal whose text begins so, `case.notified_at` what is assigned to that field. The rest of the
function stays as it is, so that a test that fails has noticed this part.
"""

import ast
from typing import Any


def left_out(statement: ast.stmt) -> ast.stmt:
    """Return what stands there instead of a statement that is left out."""
    return ast.copy_location(ast.Pass(), statement)


class GuardPart(ast.NodeTransformer):
    """Leaves the part out; where its answer is used, it answers otherwise."""

    def __init__(self, part: str, otherwise: str) -> None:
        self.part = ast.parse(part, mode="eval").body
        self.otherwise = otherwise
        self.found = False

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Leave out a call that is made for its effect."""
        return left_out(node) if self._is(node.value) else self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """Leave out a refusal."""
        return left_out(node) if self._is(node.exc) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Let a call whose answer is used answer otherwise."""
        is_part = self._is(node)
        self.generic_visit(node)
        if not is_part:
            return node
        name = ast.Name(id=self.otherwise, ctx=ast.Load())
        return ast.copy_location(ast.Call(func=name, args=[node], keywords=[]), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Let what is assigned to the field go to a name that is not read."""
        if isinstance(node.ctx, ast.Store) and _is_same(self.part, node):
            self.found = True
            return ast.copy_location(ast.Name(id="_", ctx=ast.Store()), node)
        return self.generic_visit(node)

    def _is(self, node: ast.AST | None) -> bool:
        is_part = isinstance(node, ast.Call) and _is_call(self.part, node)
        self.found = self.found or is_part
        return is_part


def _is_call(part: ast.expr, node: ast.Call) -> bool:
    """Tell whether it is a call of what the part names, with the arguments that it names."""
    if not isinstance(part, ast.Call):
        return _is_same(part, node.func)
    given = [*node.args, *(each.value for each in node.keywords)]
    return _is_same(part.func, node.func) and all(
        any(_is_same(wanted, one) for one in given) for wanted in part.args
    )


def _is_same(part: ast.expr, node: ast.expr) -> bool:
    said, found = _text(part), _text(node)
    if said is not None and found is not None:
        return found.startswith(said)
    return ast.unparse(part) == ast.unparse(node)


def _text(node: ast.expr) -> str | None:
    """Return the text that stands there, also one that is handed on to be said (E-10)."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "in_own_words":
        node = node.args[0]
    value: Any = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None
