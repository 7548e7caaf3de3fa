"""A call whose lengths are numbers, but for the batch axis, does without the symbolic engine."""

from __future__ import annotations

import subprocess
import sys

# Run in a process of its own, as the engine stays once it is there.
PROGRAM = """
import sys
from shapecalc.dims import BATCH as B
from shapecalc.ops import op_for
from shapecalc.rules.spec import TensorSpec as T

x = T((B, 32, 32, 3))
CALLS = [
    ("keras.ops.reshape", lambda call: call(x,(-1,3072))),
    ("keras.ops.reshape", lambda call: call(x,(B,-1))),
    ("keras.ops.reshape", lambda call: call(x,(B,1024,3))),
    ("keras.ops.reshape", lambda call: call(x,(-1,32,32*3))),
    ("keras.ops.add", lambda call: call(x,x)),
    ("keras.ops.multiply", lambda call: call(x,T((B,1,1,3)))),
    ("keras.ops.concatenate", lambda call: call([x,x],-1)),
    ("keras.ops.mean", lambda call: call(x,(1,2))),
    ("keras.ops.get_item", lambda call: call(x,(slice(None),0))),
    ("keras.ops.get_item", lambda call: call(x,(slice(None),slice(1,None)))),
    ("keras.ops.get_item", lambda call: call(x,(Ellipsis,slice(None,-1)))),
    ("keras.ops.matmul", lambda call: call(T((B,4,5)),T((B,5,6)))),
    ("keras.ops.einsum", lambda call: call("bqd,bkd->bqk",T((B,4,5)),T((B,6,5)))),
    ("keras.ops.pad", lambda call: call(x,[[0,0],[1,1],[1,1],[0,0]])),
    ("keras.ops.tile", lambda call: call(x,[1,2,2,1])),
    ("keras.ops.split", lambda call: call(x,3,-1)),
    ("keras.ops.conv", lambda call: call(x,T((3,3,3,8)),1,"same")),
    ("keras.ops.max_pool", lambda call: call(x,2)),
    ("keras.ops.image.resize", lambda call: call(x,(4,4))),
    ("keras.ops.expand_dims", lambda call: call(x,1)),
    ("keras.ops.squeeze", lambda call: call(T((B,1,3)),1)),
    ("keras.ops.transpose", lambda call: call(x,(0,3,1,2))),
    ("keras.ops.stack", lambda call: call([x,x],1)),
    ("keras.ops.rearrange", lambda call: call(x,"b (h k) w c -> b h w (k c)",k=2)),
    ("keras.ops.dot_product_attention", lambda call: call(T((B,4,2,8)),T((B,5,2,8)),T((B,5,2,8)))),
    ("keras.ops.repeat", lambda call: call(x,2,1)),
    ("keras.ops.broadcast_to", lambda call: call(T((1,3)),(B,3))),
    ("keras.ops.take", lambda call: call(x,T((5,),"int32"),1)),
    ("keras.ops.where", lambda call: call(T((B,1),"bool"),T((B,3)),0.0)),
    ("keras.ops.zeros", lambda call: call((B,3))),
    ("keras.ops.depth_to_space", lambda call: call(T((B,4,4,8)),2)),
    ("keras.ops.batch_normalization", lambda call: call(x,T((3,)),T((3,)),-1)),
    ("keras.ops.binary_crossentropy", lambda call: call(T((B,1)),T((B,1)))),
    ("keras.ops.top_k", lambda call: call(T((B,9)),3)),
    ("keras.ops.squeeze", lambda call: call(T((B,1,3)))),
    ("keras.ops.get_item", lambda call: call(x,0)),
    ("tensorflow.squeeze", lambda call: call(T((B,1,3)),axis=[1])),
    ("tensorflow.split", lambda call: call(x,[1,2],axis=-1)),
]
for name, run in CALLS:
    run(op_for(name))
    assert "sympy" not in sys.modules, name
run = op_for("keras.ops.ravel")
run(x)
assert "sympy" in sys.modules
print("done")
"""


def test_the_batch_axis_alone_imports_no_sympy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.stdout.strip() == "done", done.stderr
