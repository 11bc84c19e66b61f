package dev.changeover.harness.gateway.program;

import dev.changeover.harness.scenario.Gateway.ConfigFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The configuration files of a gateway: rendered from templates, whole or not at all, into the run's own folder or
/// over files of the user's, which are put back byte for byte.
public final class ConfigFiles {

    private final List<ConfigFile> files;
    private final Path work;
    private final List<SavedFile> saved = new ArrayList<>();
    private final List<InUse> inUse = new ArrayList<>();

    /// @param work to which relative targets are relative
    public ConfigFiles(List<ConfigFile> files, Path work) {
        this.files = files;
        this.work = work;
    }

    /// Where they are.
    public List<Path> paths() {
        return files.stream().map(file -> work.resolve(file.to())).toList();
    }

    /// Puts back what a run that died left changed, and saves what is there now. Before the first `render`.
    ///
    /// @return sentences about runs that died
    /// @throws IOException naming the file that could not be saved; those before it are given back by `restore`
    public List<String> save() throws IOException {
        List<String> told = new ArrayList<>();
        for (ConfigFile file : files) {
            if (file.to().isAbsolute()) {
                SavedFile one = SavedFile.of(file.to());
                inUse.add(lock(one.file()));
                if (one.recover()) {
                    told.add("%s was left changed by a run that died; it was put back before this one"
                            .formatted(file.to()));
                }
                one.save();
                saved.add(one);
            }
        }
        return told;
    }

    /// Writes all of them anew; each is the old one or the new one at any moment.
    ///
    /// @throws IOException naming the file and what is wrong with it
    public void render(Map<String, String> values) throws IOException {
        for (ConfigFile file : files) {
            String text = filled(file, values);
            Path to = work.resolve(file.to()).normalize();
            if (!file.to().isAbsolute() && !to.startsWith(work.normalize())) {
                throw new IOException(
                        "%s leads out of the gateway's work folder; name a file in it, or an absolute path"
                                .formatted(file.to()));
            }
            try {
                if (!file.to().isAbsolute()) {
                    Files.createDirectories(to.getParent());
                }
                replace(to, text);
            } catch (IOException e) {
                throw new IOException("%s cannot be written (%s)".formatted(to, reason(e)), e);
            }
        }
    }

    /// Puts every file of the user's back, also when one of them fails.
    ///
    /// @return a sentence for each that could not be put back
    public List<String> restore() {
        List<String> failed = new ArrayList<>();
        for (SavedFile one : saved.reversed()) {
            try {
                one.restore();
            } catch (IOException e) {
                failed.add("%s could not be put back (%s); what was there is kept in %s: copy it back by hand"
                        .formatted(one.file(), reason(e), one.kept()));
            }
        }
        saved.clear();
        letGo();
        return failed;
    }

    /// Without putting anything back, as when the process dies.
    void letGo() {
        inUse.forEach(InUse::close);
        inUse.clear();
    }

    private static InUse lock(Path file) throws IOException {
        try {
            return InUse.take(file);
        } catch (FileSystemException e) {
            throw new IOException("%s cannot be saved before the run changes it (%s)".formatted(file, reason(e)), e);
        }
    }

    private static String filled(ConfigFile file, Map<String, String> values) throws IOException {
        String template;
        try {
            template = Files.readString(file.template());
        } catch (IOException e) {
            throw new IOException("the template %s cannot be read (%s)".formatted(file.template(), reason(e)), e);
        }
        try {
            return Template.fill(template, values);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s: %s".formatted(file.template(), e.getMessage()), e);
        }
    }

    /// By rename, with the attributes of what was there.
    private static void replace(Path to, String text) throws IOException {
        Path real = Files.exists(to) ? to.toRealPath() : to;
        Path fresh = real.resolveSibling(real.getFileName() + ".changeover-new");
        try {
            if (Files.exists(real)) {
                Files.copy(real, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.writeString(fresh, text);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
