"""Nothing in the product is there for its tests alone: all it defines is named somewhere else in it."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cluster_sheets

ROOM = Path(cluster_sheets.__file__).parent
REGISTERS = ("command", "group", "rule")
"""Decorators that hand what they stand on to something that calls it."""
BY_ITS_ROOM, IN_A_WORKER = "checks.judge goes through each room", "a worker is told its name"
EXPECTED = {
    "cluster_sheets.checks.costs.judged": BY_ITS_ROOM,
    "cluster_sheets.checks.pupils.judged": BY_ITS_ROOM,
    "cluster_sheets.checks.schools.judged": BY_ITS_ROOM,
    "cluster_sheets.checks.texts.judged": BY_ITS_ROOM,
    "cluster_sheets.intake.msg.prepared": IN_A_WORKER,
    "cluster_sheets.intake.msg.read": IN_A_WORKER,
    "cluster_sheets.reading.raw.read": IN_A_WORKER,
    "cluster_sheets.intake.rows.forget": "tests begin with nothing remembered of other workbooks",
    "cluster_sheets.demo.bulk.filled": "benchmarks.make_files fills the bench set with it",
    "cluster_sheets.store.audit.everything": "the audit is kept to be read, and its command is still to come",
    "cluster_sheets.store.erasure.erase_form": "erasing is promised, and its command is still to come",
}
"""What nobody in the product names, and why it is there."""
Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


def modules() -> dict[str, ast.Module]:
    """Each module of the product by its dotted name."""
    found = {}
    for path in sorted(ROOM.rglob("*.py")):
        parts = path.relative_to(ROOM.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def defined(tree: ast.Module) -> Iterator[tuple[frozenset[str], Definition]]:
    """What a module defines at its top, but for what Python itself asks for; codes that are listed together are one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield frozenset((node.name,)), node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
            if names and not any(name.startswith("__") for name in names):
                yield frozenset(names), node


def is_registered(node: Definition) -> bool:
    """Whether a decorator hands it to something that calls it."""
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in REGISTERS:
            return True
    return False


def named(tree: ast.AST) -> Counter[str]:
    """How often each name is read within ``tree``; those of annotations that are texts too."""
    return Counter(
        each.id if isinstance(each, ast.Name) else str(each.value)
        for each in ast.walk(tree)
        if (isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))
        or (isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.isidentifier())
    )


def brought_in(tree: ast.Module, known: dict[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """(module, name) of all that a module takes from others: by name, or as an attribute of a module it imports."""
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                if whole in known:
                    rooms[each.asname or each.name] = whole
                else:
                    yield node.module, each.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
            yield rooms[node.value.id], node.attr


def uncalled(known: dict[str, ast.Module]) -> set[str]:
    """What is named nowhere but where it is defined."""
    taken = {pair for tree in known.values() for pair in brought_in(tree, known)}
    found = set()
    for module, tree in known.items():
        everywhere = named(tree)
        for names, node in defined(tree):
            within = named(node)
            if not is_registered(node) and not any(
                (module, name) in taken or everywhere[name] > within[name] for name in names
            ):
                found.add(f"{module}.{min(names)}")
    return found


def test_all_that_is_defined_is_named_by_something_else_in_the_product() -> None:
    assert uncalled(modules()) == set(EXPECTED)


def test_what_only_calls_itself_or_is_only_listed_is_found() -> None:
    told = {
        "a": ast.parse("from b import used\nimport c\nA, B = 1, 2\nC = A\ndef alone(): alone()\n"),
        "b": ast.parse("def used(): pass\ndef kept(): pass\nD: int = 1\n@cli.command()\ndef typed(): pass\n"),
    }
    assert uncalled(told) == {"a.C", "a.alone", "b.kept", "b.D"}
