"""
Real senders into the installed layout: the folders of tmpfiles, the examples for sshd and Samba,
and the unit that opens the inbox, all as shipped, with senders who are other users. Runs in a mount
namespace of its own, with a table of users of its own; the machine is not changed.
"""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

from .arrivals import need
from .trial import Trial, mount, wav

SERVICE, ANNA, RECORDER = 64_990, 64_991, 64_992
USERS = f"""maie-edge:x:{SERVICE}:{SERVICE}::/nonexistent:/usr/sbin/nologin
anna:x:{ANNA}:{ANNA}::/srv/anna:/bin/bash
recorder:x:{RECORDER}:{RECORDER}::/:/usr/sbin/nologin
"""
GROUPS = f"""maie-edge:x:{SERVICE}:anna,recorder
anna:x:{ANNA}:
recorder:x:{RECORDER}:
"""
PROGRAM = "/mnt/bin/maie-edge"


def senders(trial, rng, options):
    for program in ("sshd", "ssh", "scp", "sftp", "rsync", "setpriv", "systemd-tmpfiles"):
        need(program)
    systemd = pathlib.Path(trial.program).resolve().parents[1] / "systemd"
    root = trial.home / "root"
    make_machine(root, systemd, pathlib.Path(trial.program).resolve().parents[1])
    spool = Trial(PROGRAM, trial.home, "spool", home=pathlib.Path("/srv/maie-edge"))
    spool.log = trial.log
    spool.prefix = as_service("+lease")
    spool.environment["MAIE_INBOX__ACCESS_REQUEST"] = "/run/maie-edge/access-wanted"
    servers, stop = [], threading.Event()
    opener = threading.Thread(target=serve_requests, args=(systemd, stop))
    try:
        servers.append(start_sshd(root, systemd))
        opener.start()
        spool.start()
        send_over_ssh(spool, rng, root)
        send_as_recorder(spool, rng, root)
        send_locally(spool, rng)
        if shutil.which("smbd") and shutil.which("smbclient"):
            servers.append(start_samba(root, systemd))
            send_over_smb(spool, rng, root)
        counts = spool.finish(300)
        left = re.findall(r"^  .*(?:may not be|cannot be moved).*$", spool.text(), re.M)
        spool.count("wrong word", bool(left), f"left in the inbox: {left}")
        counts["trials"] = counts["recordings"]
        return counts
    finally:
        spool.end(signal.SIGKILL)
        stop.set()
        for server in servers:
            server.terminate()
            server.wait()


def as_service(*capabilities):
    """Runs as the unit does: as its user, with no capability but these."""
    names = ",".join(capabilities)
    return ["setpriv", "--reuid", str(SERVICE), "--regid", str(SERVICE), "--init-groups",
            "--inh-caps", "-all," + names, "--ambient-caps", "-all," + names,
            "--bounding-set", "-all," + names, "--no-new-privs"]


def make_machine(root, systemd, distribution):
    for place in ("etc", "srv", "var-lib", "run", "keys"):
        (root / place).mkdir(parents=True)
    for name, more in (("passwd", USERS), ("group", GROUPS)):
        table = root / "etc" / name
        table.write_text(pathlib.Path("/etc", name).read_text() + more)
        mount("--bind", str(table), f"/etc/{name}")
    for place, over in (("srv", "/srv"), ("var-lib", "/var/lib"), ("run", "/run")):
        mount("--bind", str(root / place), over)
    mount("--bind", str(distribution), "/mnt")
    for place, owner in (("/srv/anna", ANNA), ("/run/maie-edge", SERVICE)):
        os.mkdir(place)
        os.chown(place, owner, owner)
    os.chmod("/srv", 0o755)
    os.makedirs("/run/sshd")
    subprocess.run(["systemd-tmpfiles", "--create", str(systemd / "maie-edge.tmpfiles.conf")],
                   check=True)


def serve_requests(systemd, stop):
    """What systemd does for the path unit: the command and the capabilities of the service unit."""
    unit = (systemd / "maie-edge-access.service").read_text()
    command = re.search(r"^ExecStart=/usr/lib/maie-edge/bin/(.*)$", unit, re.M).group(1).split()
    names = re.search(r"^AmbientCapabilities=(.*)$", unit, re.M).group(1).split()
    capabilities = ["+" + name.removeprefix("CAP_").lower() for name in names]
    while not stop.wait(0.2):
        if os.path.exists(command[-1]):
            subprocess.run([*as_service(*capabilities), str(systemd / command[0]), *command[1:]],
                           check=True)


def start_sshd(root, systemd):
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                        str(root / "keys" / name)], check=True)
    ssh = root / "etc/ssh"
    (ssh / "authorized_keys").mkdir(parents=True)
    for user in ("anna", "recorder"):
        shutil.copy(root / "keys/user.pub", ssh / "authorized_keys" / user)
    mount("--bind", str(ssh), "/etc/ssh")
    config = root / "etc/sshd_config"
    config.write_text(f"Port {SSH_PORT}\nListenAddress 127.0.0.1\nHostKey {root}/keys/host\n"
                      "AuthorizedKeysFile /etc/ssh/authorized_keys/%u\nUsePAM no\n"
                      "PidFile none\nSubsystem sftp internal-sftp\n"
                      + (systemd / "examples/sshd.conf").read_text())
    server = subprocess.Popen([shutil.which("sshd"), "-D", "-e", "-f", str(config)],
                              stderr=subprocess.DEVNULL)
    Trial.wait(lambda: subprocess.run(
        ["ssh", *ssh_options(root), "-p", str(SSH_PORT), "anna@127.0.0.1", "true"],
        check=False, capture_output=True).returncode == 0, 20)
    return server


def ssh_options(root):
    return ["-i", str(root / "keys/user"), "-o", "StrictHostKeyChecking=no",
            "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


SSH_PORT, SMB_PORT = free_port(), free_port()


class Outgoing:
    """Recordings on the sender's side, each expected in the inbox under the name of its way."""

    def __init__(self, spool, rng, folder):
        self.spool, self.rng, self.folder, self.number = spool, rng, folder, 0

    def file(self, mode=0o644, name=None):
        self.number += 1
        name = name or f"t\u00f6n {self.folder.name} {self.number}.wav"
        data = wav(self.rng, 0.6)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(mode)
        self.spool.expect(name, data)
        return path

    def tree(self, folder_mode=0o755, file_mode=0o644):
        """Two recordings in a folder and in a folder below it."""
        self.number += 1
        top = f"{self.folder.name} {self.number}"
        for name in (f"{top}/a.wav", f"{top}/below/b.wav"):
            self.file(file_mode, name)
        (self.folder / top / "below").chmod(folder_mode)
        (self.folder / top).chmod(folder_mode)
        return self.folder / top


def outgoing(spool, rng, name):
    folder = spool.log.parent / name
    folder.mkdir()
    return Outgoing(spool, rng, folder)


def run(*command, **more):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL,
                   timeout=300, **more)


def send_over_ssh(spool, rng, root):
    """A person of the group with a shell."""
    out = outgoing(spool, rng, "anna")
    inbox = "anna@127.0.0.1:/srv/maie-edge/inbox/"
    scp = ["scp", "-q", *ssh_options(root), "-P", SSH_PORT]
    run(*scp, out.file(), inbox)
    run(*scp, "-p", out.file(0o600), inbox)
    run(*scp, "-O", "-p", out.file(0o400), inbox)
    run(*scp, "-r", out.tree(), inbox)
    run(*scp, "-r", "-p", out.tree(0o700, 0o600), inbox)
    run(*scp, "-O", "-r", out.tree(), inbox)
    run(*scp, "-l", 4000, out.file(), inbox)
    shell = f"ssh {' '.join(ssh_options(root))} -p {SSH_PORT}"
    rsync = ["rsync", "-e", shell]
    run(*rsync, out.file(), inbox)
    run(*rsync, "-r", out.tree(), inbox)
    run(*rsync, "-a", out.tree(), inbox)
    run(*rsync, "-a", out.tree(0o700, 0o600), inbox)
    run(*rsync, "-a", out.tree(0o755, 0o444), inbox)
    run(*rsync, "-a", "--inplace", out.file(0o600), inbox)
    run(*rsync, "-a", "--inplace", "--preallocate", out.file(), inbox)
    run(*rsync, "-a", "--partial-dir=.rsync-partial", out.file(), inbox)
    run(*rsync, "-a", "--delay-updates", out.tree(), inbox)
    run(*rsync, "-a", "--temp-dir=/srv/maie-edge/inbox", out.file(), inbox)
    run(*rsync, "-a", "--append", out.file(), inbox)
    run(*rsync, "-a", "--rsync-path=umask 077; rsync", out.tree(), inbox)
    broken_off(spool, rng, out, [*rsync, "-a", "--partial", "--bwlimit=400"], inbox)
    sftp(root, "anna", "/srv/maie-edge/inbox", [
        ("put", out.file()), ("put -p", out.file(0o600)), ("put -r", out.tree()),
        ("put -p -r", out.tree(0o700, 0o600))])
    part = out.file()
    sftp(root, "anna", "/srv/maie-edge/inbox", [], [
        f'put "{part}" .hidden', f'rename .hidden "{part.name}"'])
    sidecar = out.file(0o600)
    job = sidecar.with_name(sidecar.name + ".job.json")
    job.write_text("{}")
    job.chmod(0o600)
    run(*scp, "-p", job, sidecar, inbox)


def broken_off(spool, rng, out, command, inbox):
    """Killed in the middle, as by a cable that is pulled, and sent again."""
    name = "broken off.wav"
    data = wav(rng, 20)
    (out.folder / name).write_bytes(data)
    spool.expect(name, data)
    first = subprocess.Popen([*map(str, command), str(out.folder / name), inbox],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    first.kill()
    first.wait()
    run(*command, out.folder / name, inbox)


def sftp(root, user, folder, puts, commands=()):
    batch = "".join(f'{put} "{path}" "{folder}/"\n' for put, path in puts)
    batch += f'cd "{folder}"\n' + "".join(command + "\n" for command in commands)
    run("sftp", "-q", *ssh_options(root), "-P", SSH_PORT, "-b", "-", user + "@127.0.0.1",
        input=batch.encode(), stderr=subprocess.DEVNULL)


def send_as_recorder(spool, rng, root):
    """The account of the example, which can send and fetch and nothing else."""
    out = outgoing(spool, rng, "recorder")
    sftp(root, "recorder", "/inbox", [
        ("put", out.file()), ("put -p", out.file(0o400)), ("put -r", out.tree()),
        ("put -p -r", out.tree(0o700, 0o600)), ("put -p -r", out.tree(0o500, 0o400))])
    scp = ["scp", "-q", *ssh_options(root), "-P", SSH_PORT]
    run(*scp, "-r", out.tree(), "recorder@127.0.0.1:/inbox/")


def send_locally(spool, rng):
    """A person at the device itself, and root."""
    out = outgoing(spool, rng, "local")
    inbox = "/srv/maie-edge/inbox/"
    anna = ["setpriv", "--reuid", ANNA, "--regid", ANNA, "--init-groups", "sh", "-c"]
    os.chmod(out.folder, 0o755)
    private = pathlib.Path("/srv/anna")
    for folder, mode in ((out.tree(), "umask 077"), (out.tree(), "umask 022")):
        shutil.copytree(folder, private / folder.name)
        run(*anna, f'{mode}; cp -r "/srv/anna/{folder.name}" {inbox}')
    for command in ("mv", "cp -p"):
        path = out.file()
        shutil.copy(path, private / path.name)
        os.chown(private / path.name, ANNA, ANNA)
        (private / path.name).chmod(0o600)
        run(*anna, f'{command} "/srv/anna/{path.name}" {inbox}')
    run("cp", "-a", out.file(0o600), inbox)
    run("install", "-m", "0400", out.file(), inbox)
    run("cp", "-a", out.tree(0o700, 0o600), inbox)


def start_samba(root, systemd):
    folder = root / "samba"
    folder.mkdir()
    config = folder / "smb.conf"
    own = "".join(f"{key} = {folder}\n" for key in (
        "private dir", "lock directory", "state directory", "cache directory", "pid directory"))
    config.write_text(f"[global]\ninterfaces = lo\nbind interfaces only = yes\n"
                      f"smb ports = {SMB_PORT}\n{own}ncalrpc dir = {folder}/rpc\n"
                      f"log file = {folder}/log\ndisable spoolss = yes\nload printers = no\n"
                      + (systemd / "examples/smb.conf").read_text())
    run("smbpasswd", "-c", config, "-s", "-a", "anna", input=b"secret\nsecret\n")
    return subprocess.Popen(
        ["smbd", "--foreground", "--no-process-group", "--debug-stdout",
         f"--configfile={config}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)


def send_over_smb(spool, rng, root):
    out = outgoing(spool, rng, "smb")
    smb = ["smbclient", "//127.0.0.1/inbox", "-p", SMB_PORT, "-U", "anna%secret", "-c"]
    Trial.wait(lambda: subprocess.run([*map(str, smb), "ls"], check=False,
                                      capture_output=True).returncode == 0, 30)
    path = out.file(0o600)
    run(*smb, f'put "{path}" "{path.name}"', stderr=subprocess.DEVNULL)
    part = out.file()
    run(*smb, f'put "{part}" "{part.name}.part"; rename "{part.name}.part" "{part.name}"',
        stderr=subprocess.DEVNULL)
    tree = out.tree()
    run(*smb, f'recurse; prompt; lcd "{tree.parent}"; mput "{tree.name}"',
        stderr=subprocess.DEVNULL)
