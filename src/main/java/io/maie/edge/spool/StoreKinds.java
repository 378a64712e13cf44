package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells local file systems from network ones, once per device. On a network file system other
 * machines write unnoticed by this one, so that a file lease proves nothing there.
 */
final class StoreKinds {
  private static final Set<String> NETWORK =
      Set.of(
          "9p",
          "afs",
          "ceph",
          "cifs",
          "davfs",
          "gfs2",
          "glusterfs",
          "lustre",
          "ncpfs",
          "nfs",
          "nfs4",
          "ocfs2",
          "prl_fs",
          "smb2",
          "smb3",
          "smbfs",
          "vboxsf",
          "virtiofs",
          "vmhgfs");

  private final Map<Long, Boolean> localByDevice = new ConcurrentHashMap<>();

  /** Returns whether {@code file} lies on a file system that only this machine writes to. */
  boolean isLocal(Path file, FileSignature signature) {
    Boolean known = localByDevice.get(signature.device());
    if (known != null) {
      return known;
    }
    try {
      boolean local = isLocalType(Files.getFileStore(file).type());
      localByDevice.put(signature.device(), local);
      return local;
    } catch (IOException e) {
      // gone or unreachable: the careful answer, and asked again next time
      return false;
    }
  }

  static boolean isLocalType(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    return !NETWORK.contains(name) && !name.equals("fuse") && !name.startsWith("fuse.");
  }
}
