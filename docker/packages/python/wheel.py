"""Makes the wheels of the Python package, one for each program.

Usage: python3 docker/packages/python/wheel.py VERSION DIR PROGRAM...     DIR gets the wheels
The same bytes from the same files: sorted, and as old as a zip file can be.
"""

import base64
import hashlib
import os
import stat
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
LICENSE = os.path.join(HERE, "../../../server/LICENSE")
MACHINES = {62: "x86_64", 183: "aarch64"}  # e_machine of an ELF file
PT_INTERP = 3
EVERYWHERE = ("manylinux_2_17_{}", "manylinux2014_{}", "musllinux_1_1_{}")

ENTRY_POINTS = """\
[console_scripts]
duvo-mock = duvo_mock.__main__:main

[pytest11]
duvo_mock = duvo_mock.pytest_plugin
"""

METADATA = """\
Metadata-Version: 2.1
Name: duvo-mock
Version: {version}
Summary: A local mock of Duvo's Connections API, and a client that drives it from a test suite
License: MIT
Keywords: duvo,mock,testing,mcp,oauth
Classifier: Framework :: Pytest
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: 3
Classifier: Topic :: Software Development :: Testing
Classifier: Typing :: Typed
Requires-Python: >=3.9
Description-Content-Type: text/markdown

{readme}"""


def read(path):
    with open(path, "rb") as file:
        return file.read()


def machine_of(path, program):
    machine = MACHINES.get(int.from_bytes(program[18:20], "little"))
    if program[:5] != b"\x7fELF\x02" or not machine:
        sys.exit(f"{path} is no program for {' or '.join(MACHINES.values())}")
    return machine


def is_static(program):
    """Whether no loader is asked for: then it runs with any C library, and beside none."""
    table, size, count = (int.from_bytes(program[a:b], "little") for a, b in ((32, 40), (54, 56), (56, 58)))
    kinds = (program[table + i * size:table + i * size + 4] for i in range(count))
    return all(int.from_bytes(kind, "little") != PT_INTERP for kind in kinds)


def platforms_of(path, program):
    """What is linked to libraries runs where they are: no index takes its wheel, and this kind of machine alone."""
    machine = machine_of(path, program)
    return [one.format(machine) for one in (EVERYWHERE if is_static(program) else ("linux_{}",))]


def sources():
    package = os.path.join(HERE, "duvo_mock")
    return {f"duvo_mock/{name}": read(os.path.join(package, name)) for name in os.listdir(package)
            if name.endswith((".py", ".typed"))}


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def write_wheel(path, files, info):
    """RECORD comes last. Without the bit of a regular file an installer takes no notice of the others, so of the run bit."""
    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in sorted(files.items()))
    everything = [*sorted(files.items()), (f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode())]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name, data in everything:
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 3  # Unix: the modes mean something
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (stat.S_IFREG | (0o755 if "/bin/" in name else 0o644)) << 16
            wheel.writestr(member, data)
    print(path)


def make_wheel(version, to, path):
    program = read(path)
    platforms = platforms_of(path, program)
    info = f"duvo_mock-{version}.dist-info"
    tags = "".join(f"Tag: py3-none-{one}\n" for one in platforms)
    texts = {
        f"{info}/METADATA": METADATA.format(version=version, readme=read(os.path.join(HERE, "README.md")).decode()),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: duvo-mock {version}\nRoot-Is-Purelib: false\n{tags}",
        f"{info}/entry_points.txt": ENTRY_POINTS,
    }
    files = {**sources(), **{name: text.encode() for name, text in texts.items()},
             "duvo_mock/bin/duvo-mock": program, f"{info}/LICENSE": read(LICENSE)}
    name = f"duvo_mock-{version}-py3-none-{'.'.join(platforms)}.whl"
    write_wheel(os.path.join(to, name), files, info)


def main():
    version, to, *programs = sys.argv[1:]
    os.makedirs(to, exist_ok=True)
    for path in programs:
        make_wheel(version, to, path)


main()
