from tests.gitops.support.sandbox import OWNER, Clone


def test_first(clone: Clone) -> None:
    first = clone.commit("backend")
    clone.build("backend", first)
    done = clone.gitops("update", render=True)
    print(done.out, done.err)
    assert done.status == 0, done.err
    print(clone.git("fetch"), clone.git("show", "origin/main"))
    print(clone.gitops("update").out)
    for c in (["status"], ["history", "--overlay", OWNER], ["status", "--json"], ["hold", "--overlay", OWNER, "--reason", "12: x"],
      ["rollback","--overlay",OWNER,"--component","backend","--to",first],["release", "--overlay", OWNER], ["student","add","ada","bob"], ["student","remove","ada","bob"]):
        r = clone.gitops(*c)
        print(c, r.status, r.out, r.err)
        clone.git("fetch"); print(clone.git("show","--stat", "-p", "origin/main"))
    assert 0
