# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""A few words for writing node trees."""

from __future__ import annotations


class Tree:
    """A node tree under construction: `add` makes a node, sets its inputs by name and links what is given as a socket."""

    def __init__(self, tree) -> None:
        self.tree = tree
        tree.nodes.clear()

    def add(self, kind: str, _settings: dict | None = None, **inputs):
        node = self.tree.nodes.new(kind)
        for name, value in (_settings or {}).items():
            setattr(node, name, value)
        for name, value in inputs.items():
            self.put(node, name, value)
        return node

    def put(self, node, name: str, value) -> None:
        index = int(name[1:]) if name[0] == "i" and name[1:].isdigit() else None
        socket = node.inputs[index] if index is not None else node.inputs[name.replace("_", " ")]
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        elif isinstance(value, (tuple, list)) and len(value) == 3 and socket.type == "RGBA":
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def math(self, operation: str, *values):
        return self.add(
            "ShaderNodeMath", {"operation": operation}, **{f"i{n}": v for n, v in enumerate(values)}
        ).outputs[0]

    def mix(self, factor, one, two, blend: str = "MIX"):
        """Of two colours."""
        node = self.add("ShaderNodeMix", {"data_type": "RGBA", "blend_type": blend})
        for index, value in ((0, factor), (6, one), (7, two)):
            self.put(node, f"i{index}", value)
        return node.outputs[2]

    def blend(self, factor, one, two):
        """Of two shaders."""
        node = self.add("ShaderNodeMixShader")
        for index, value in ((0, factor), (1, one), (2, two)):
            self.put(node, f"i{index}", value)
        return node.outputs[0]
